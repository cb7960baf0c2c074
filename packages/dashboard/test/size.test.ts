/** What the first load costs: the built files, compressed as they are sent. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const BUILD = fileURLToPath(new URL("../build", import.meta.url));
const MOST_FIRST_LOAD_BYTES = 300_000;

const assets = readdirSync(join(BUILD, "assets"));
const compressedBytes = (name: string): number => statSync(join(BUILD, "assets", `${name}.gz`)).size;

test("the frame and any one page with all that it fetches stay below 300 kB together", () => {
  const html = readFileSync(join(BUILD, "index.html"), "utf8");
  const named = assets.filter((name) => html.includes(name));
  expect(named.map((name) => name.replace(/.*\./, ""))).toEqual(expect.arrayContaining(["css", "js"]));
  const frame = html.length + named.reduce((sum, name) => sum + compressedBytes(name), 0);
  const later = assets.filter((name) => /\.(js|css)$/.test(name) && !named.includes(name));
  expect(later.length).toBeGreaterThan(0);
  // No page needs more than all pages do.
  const pages = later.reduce((sum, name) => sum + compressedBytes(name), 0);
  expect(frame + pages).toBeLessThan(MOST_FIRST_LOAD_BYTES);
});

test("everything that is sent has a compressed copy, and nothing is fetched from elsewhere", () => {
  const texts = assets.filter((name) => /\.(js|css)$/.test(name));
  expect(texts.filter((name) => !assets.includes(`${name}.gz`))).toEqual([]);
  const html = readFileSync(join(BUILD, "index.html"), "utf8");
  expect(html).not.toMatch(/(src|href)="https?:/);
  expect(html).not.toMatch(/<script>|<style|style="/);
});
