/** docs/parameters.md is what the registry says. */
import { readFileSync } from "node:fs";
import { PARAM_KEYS } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { parameterTable } from "./parameterTable.ts";

const written = readFileSync(new URL("../docs/parameters.md", import.meta.url), "utf8");

test("the table of parameters is up to date; npx node scripts/writeParameterTable.ts writes it anew", () => {
  expect(written).toBe(parameterTable());
});

test("every parameter has a row under the heading of its module", () => {
  let module = "";
  const keys = written.split("\n").flatMap((line) => {
    module = /^## (.+)$/.exec(line)?.[1] ?? module;
    const name = /^\| `(\w+)` \|/.exec(line)?.[1];
    return name === undefined ? [] : [`${module}.${name}`];
  });
  expect(keys).toEqual(PARAM_KEYS);
});

test("a row shows the figures of the registry", () => {
  expect(written).toContain(
    "| `TRAINING_REWARD_PER_BATCH` | decimal | NEURO per batch | 0.0005 | 0 to 1 | 0.5 | 7 | econ |",
  );
  expect(written).toContain("| `UNBONDING` | integer | blocks | 120960 / 168 / 28 | 1 d to 90 d | 1 | 7 | econ |");
});
