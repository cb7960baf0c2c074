import { expect, test } from "vitest";
import { BadOption, commandFor, parseOptions } from "./options.ts";

test("without options everything but quality is measured, in five rounds", () => {
  const { only, rounds } = parseOptions([]);
  expect(only).toEqual([
    "train",
    "memory",
    "decode",
    "serving",
    "products",
    "tokenizer",
    "ledger",
    "blobs",
    "rounds",
    "outer",
  ]);
  expect(rounds).toBe(5);
});

test("sections are measured in their own order, and quality joins by its flag", () => {
  const { only } = parseOptions(["--only", "decode,train", "--quality", "--text", "a.txt"]);
  expect(only).toEqual(["train", "decode", "quality"]);
});

test.each([
  [["--only", "speed"], "there is no section speed"],
  [["--rounds", "0"], "--rounds must be a whole number from 1 on, not 0"],
  [["--rounds", "many"], "not many"],
  [["--quality"], "quality needs --text FILE"],
  [["--unknown"], "--unknown"],
])("%j is refused with the cause", (args, cause) => {
  expect(() => parseOptions(args)).toThrow(BadOption);
  expect(() => parseOptions(args)).toThrow(cause);
});

test("the recorded command measures the same section and names the text without its folder", () => {
  const options = parseOptions(["--text", "/home/somebody/a.txt", "--rounds", "3", "--json", "raw.json"]);
  expect(commandFor("train", options)).toBe("npm run bench -- --only train --rounds 3");
  expect(commandFor("tokenizer", options)).toBe("npm run bench -- --only tokenizer --rounds 3 --text a.txt");
  expect(commandFor("overhead", options)).toBe(
    "npm run bench -- --only overhead --rounds 3 --preset small --text a.txt",
  );
});
