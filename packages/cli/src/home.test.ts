/** The home folder: `--fresh` forgets our model and nothing else. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareHome } from "./home.ts";
import { Refusal } from "./refusal.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neuroshard-home-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a fresh start removes the model of the one before and leaves other files alone", () => {
  const home = join(folder, "home");
  const model = prepareHome(home, { isFresh: false });
  mkdirSync(model);
  writeFileSync(join(home, "notes.txt"), "mine");
  expect(prepareHome(home, { isFresh: false })).toBe(model);
  expect(existsSync(model)).toBe(true);
  prepareHome(home, { isFresh: true });
  expect(existsSync(model)).toBe(false);
  expect(readdirSync(home)).toContain("notes.txt");
});

test("a folder with a model of somebody else is refused, and the model stays", () => {
  mkdirSync(join(folder, "model"));
  expect(() => prepareHome(folder, { isFresh: true })).toThrow(Refusal);
  expect(readdirSync(folder)).toEqual(["model"]);
});

test("a file in the way is refused with cause and remedy", () => {
  const home = join(folder, "file");
  writeFileSync(home, "");
  expect(() => prepareHome(home, { isFresh: false })).toThrow(
    /cannot use .*file as home folder \(.+\); choose another/,
  );
});
