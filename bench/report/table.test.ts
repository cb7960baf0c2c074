import { expect, test } from "vitest";
import { renderTable } from "./table.ts";
import { type Target, targetOf, targetTable } from "./target.ts";

test("a table is aligned, its first column to the left and the others to the right", () => {
  const rows = [
    ["native, 2 threads", "7.5"],
    ["wasm", "130.0"],
  ];
  expect(renderTable({ title: "Steps", header: ["engine", "ms"], rows })).toBe(
    [
      "**Steps**",
      "",
      "| engine            |    ms |",
      "| ----------------- | ----: |",
      "| native, 2 threads |   7.5 |",
      "| wasm              | 130.0 |",
    ].join("\n"),
  );
});

const wish = { what: "speed", bound: 1.4, comparison: "at least", unit: "x", decimals: 2 } as const;

function verdictOf(target: Target): string | undefined {
  return targetTable([target]).rows[0]?.at(-1);
}

test("a target is reached at its bound, on the side that it names", () => {
  expect(verdictOf({ ...wish, measured: 1.4 })).toBe("reached");
  expect(verdictOf({ ...wish, measured: 1.39 })).toBe("**missed**");
  expect(verdictOf({ ...wish, comparison: "at most", measured: 1.39 })).toBe("reached");
  expect(verdictOf({ ...wish, comparison: "at most", measured: 1.41 })).toBe("**missed**");
});

test("what was not measured, or only on a busy machine, is neither reached nor missed", () => {
  const busy = { median: 2, lowest: 2, highest: 2, quiet: 0, all: 3 };
  expect(verdictOf(targetOf(wish, undefined))).toBe("not measured");
  expect(verdictOf(targetOf(wish, busy))).toBe("open: no quiet round");
  expect(verdictOf(targetOf(wish, { ...busy, quiet: 1 }))).toBe("reached");
});
