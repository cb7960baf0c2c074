/** The home folder: `--fresh` forgets the network that `up` made there, and touches no other folder. */
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

test("the next start finds what the one before left, a fresh one finds nothing", () => {
  const home = join(folder, "home");
  prepareHome(home, { isFresh: false });
  const kept = readdirSync(home);
  mkdirSync(join(home, "node-1"));
  prepareHome(home, { isFresh: false });
  expect(existsSync(join(home, "node-1"))).toBe(true);
  prepareHome(home, { isFresh: true });
  expect(readdirSync(home)).toEqual(kept);
});

test("a fresh start leaves wallets and other people's files alone", () => {
  const home = join(folder, "home");
  prepareHome(home, { isFresh: false });
  mkdirSync(join(home, "wallets"));
  for (const name of ["notes.txt", "genesis.json", "chain.db"]) writeFileSync(join(home, name), "");
  prepareHome(home, { isFresh: true });
  expect(readdirSync(home).filter((name) => name !== "neuroshard-home.json")).toEqual(["notes.txt", "wallets"]);
});

test("a folder that holds something else is refused, and what it holds stays", () => {
  mkdirSync(join(folder, "model"));
  for (const isFresh of [true, false]) expect(() => prepareHome(folder, { isFresh })).toThrow(Refusal);
  expect(readdirSync(folder)).toEqual(["model"]);
});

test("an empty folder is taken", () => {
  prepareHome(folder, { isFresh: true });
  expect(readdirSync(folder)).not.toEqual([]);
});

test("a file in the way is refused with cause and remedy", () => {
  const home = join(folder, "file");
  writeFileSync(home, "");
  expect(() => prepareHome(home, { isFresh: false })).toThrow(
    /cannot use .*file as home folder \(.+\); choose another/,
  );
});
