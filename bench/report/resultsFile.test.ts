import { expect, test } from "vitest";
import { replaceSection } from "./resultsFile.ts";

const order = ["train", "memory", "decode"];

function documentWith(...names: readonly string[]): string {
  return names.reduce((document, name) => replaceSection(document, name, `old ${name}`, order), "# Results\n");
}

test("a new section takes its place in the order, whichever was measured first", () => {
  expect(documentWith("decode", "train", "memory")).toBe(documentWith("train", "memory", "decode"));
});

test("measuring a section again changes nothing outside its markers", () => {
  const before = `${documentWith("train", "memory", "decode")}\nA remark by hand.\n`;
  const after = replaceSection(before, "memory", "new memory", order);
  expect(after).toBe(before.replace("old memory", "new memory"));
});
