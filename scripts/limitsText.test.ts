/** LIMITS.md is what the tables of the network say. */
import { readFileSync } from "node:fs";
import { PENALTY_POINTS } from "@neuroshard/network";
import { expect, test } from "vitest";
import { limitsText } from "./limitsText.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("the limits are up to date; npx node scripts/writeLimits.ts writes them anew", () => {
  expect(read("LIMITS.md")).toBe(limitsText());
});

test("a row shows value and unit", () => {
  expect(limitsText()).toContain("| `blocks` | 32 B | 68001024 B | 1 min | 600 |");
  expect(limitsText()).toContain("| `mostBlobBytes` | 64 GiB | of a blob |");
  expect(limitsText()).toContain("| `stealAfterMs` | 2 s |");
});

test("the specification says of every offence when it is one", () => {
  const [, table = ""] = read("spec/network.md").split("| offence | when |");
  const named = Array.from(table.split("\n\n")[0]!.matchAll(/^\| (`.*?) \|/gm), ([, cell = ""]) =>
    cell.split(", "),
  ).flat();
  expect(named).toEqual(Object.keys(PENALTY_POINTS).map((offence) => `\`${offence}\``));
});
