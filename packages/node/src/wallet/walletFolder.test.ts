import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { walletNames, walletPath } from "./walletFolder.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "neuroshard-wallets-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("the names of the wallets are sorted, and other files are no wallets", async () => {
  const home = temporaryFolder();
  expect(await walletNames(home)).toEqual([]);
  mkdirSync(join(home, "wallets"));
  for (const name of ["b", "a-1", "default"]) writeFileSync(walletPath(home, name), "{}");
  for (const file of ["c.json.tmp", "notes.txt", ".json", "A b.json"]) writeFileSync(join(home, "wallets", file), "");
  expect(await walletNames(home)).toEqual(["a-1", "b", "default"]);
});

test.each(["", ".", "..", "../other", "a/b", "a\\b", "A", "a b", "-a", "_a", "a.json", "x".repeat(65), "a\0", "é"])(
  "'%s' is no name of a wallet",
  (name) => {
    expect(() => walletPath("home", name)).toThrow(expect.objectContaining({ code: "BAD_OPTION" }));
  },
);
