/**
 * Takes a picture of each page of a running node for `docs/dashboard`. Usage:
 * `node packages/dashboard/scripts/takeScreenshots.ts http://127.0.0.1:8765`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { createClient, listRounds } from "@neuroshard/sdk";
import { DESKTOP, openBrowser, PHONE_DARK, visit } from "../test/dashboard.ts";

const FOLDER = fileURLToPath(new URL("../../../docs/dashboard", import.meta.url));
/** Until figures and curves are on the page. */
const SETTLE_MS = 4000;
const LOOKS = { light: DESKTOP, dark: { ...DESKTOP, colorScheme: "dark" }, phone: PHONE_DARK } as const;

/** Every page in light, and some in other looks. */
async function picturesOf(url: string): Promise<readonly (readonly [place: string, look: keyof typeof LOOKS])[]> {
  const { rounds } = await listRounds(createClient({ baseUrl: url }), { limit: 100 });
  const paid = rounds.find(({ accounting }) => accounting === "settled")?.number ?? 1;
  return [
    ...(["overview", "network", "explorer", "node"] as const).map((place) => [place, "light"] as const),
    [`explorer/reward/${paid}/0`, "light"],
    ["overview", "dark"],
    ["overview", "phone"],
  ];
}

async function take(url: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await openBrowser();
  for (const [place, look] of await picturesOf(url)) {
    const { page } = await visit(browser, `${url}/#/${place}`, LOOKS[look]);
    await page.waitForTimeout(SETTLE_MS);
    const name = `${place.replace(/\/\d+/g, "").replaceAll("/", "-")}-${look}.png`;
    await page.screenshot({ path: join(FOLDER, name), fullPage: true });
    console.log(`docs/dashboard/${name}`);
    await page.context().close();
  }
  await browser.close();
}

const [url] = process.argv.slice(2);
if (url === undefined) {
  console.error("takeScreenshots: name the node, such as http://127.0.0.1:8765");
  process.exitCode = 1;
} else {
  await take(url);
}
