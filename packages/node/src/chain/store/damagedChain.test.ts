/** A chain's file that was cut, overwritten or altered: always named, never used. */
import { open, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { homeWithBlocks, refusal, testHome } from "../../../test/chain/testNetwork.ts";
import { openChain } from "../chain.ts";
import { chainPath } from "../homeFiles.ts";

/** Runs statements on a closed home's database. */
function alter(home: string, statements: string): void {
  const database = new DatabaseSync(chainPath(home));
  database.exec(statements);
  database.close();
}

async function refusedHome(home: string) {
  return await refusal(() => openChain({ home }).close());
}

test("a file that was cut is damaged, and the message names it and a remedy", async () => {
  const home = await homeWithBlocks(5);
  const path = chainPath(home);
  await truncate(path, Math.floor((await stat(path)).size / 2));
  const { code, message } = await refusedHome(home);
  expect(code).toBe("DAMAGED_CHAIN");
  expect(message).toContain(path);
  expect(message).toContain("sync again from another node");
});

test("a file that is no database is damaged", async () => {
  const home = await homeWithBlocks(1);
  await writeFile(chainPath(home), "what a pity ".repeat(1000));
  expect(await refusedHome(home)).toMatchObject({ code: "DAMAGED_CHAIN" });
});

test("a page that was overwritten is noticed", async () => {
  const home = await homeWithBlocks(3);
  const path = chainPath(home);
  const pages = (await readFile(path)).length / 4096;
  for (let page = 1; page < pages; page++) {
    const file = await open(path, "r+");
    const before = Buffer.alloc(4096);
    await file.read(before, 0, 4096, page * 4096);
    await file.write(Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    await file.close();
    const damaged = await outcomeOf(home);
    const again = await open(path, "r+");
    await again.write(before, 0, 4096, page * 4096);
    await again.close();
    // Pages of blocks and indexes are only read when somebody asks for them.
    expect(["DAMAGED_CHAIN", "opened"]).toContain(damaged);
  }
  expect(await outcomeOf(home)).toBe("opened");
});

async function outcomeOf(home: string): Promise<string> {
  try {
    openChain({ home }).close();
    return "opened";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test.each([
  [
    "an entry that was altered",
    "UPDATE entries SET value = x'00000000000000000000000000000000ffffffffffffff00' WHERE part = 0",
  ],
  ["an entry that was removed", "DELETE FROM entries WHERE key = (SELECT key FROM entries WHERE part = 0 LIMIT 1)"],
  ["an entry of no table", "INSERT INTO entries VALUES (99, 'ab', x'00')"],
  ["a cell that was removed", "DELETE FROM cells WHERE name = 'supply'"],
  ["a header that was altered", "UPDATE blocks SET signedHeader = x'0102' WHERE height = 3"],
  ["a head that was removed", "DELETE FROM blocks WHERE height = 3"],
  ["a genesis that was removed", "UPDATE facts SET value = x'00' WHERE name = 'genesis'"],
  ["the tables of something else", "PRAGMA application_id = 7"],
])("%s keeps the chain from being opened", async (_, statements) => {
  const home = await homeWithBlocks(3);
  alter(home, statements);
  expect(await refusedHome(home)).toMatchObject({ code: "DAMAGED_CHAIN" });
});

test("a home of a later release is refused with a word about updating", async () => {
  const home = await homeWithBlocks(1);
  alter(home, "PRAGMA user_version = 2");
  const { code, message } = await refusedHome(home);
  expect(code).toBe("NEWER_HOME");
  expect(message).toContain("update neuroshard");
});

test("the chain of one network is not continued under the genesis of another one", async () => {
  const [home, other] = [await homeWithBlocks(2), await testHome(["cem"])];
  await writeFile(join(home, "genesis.json"), await readFile(join(other, "genesis.json")));
  const { code, message } = await refusedHome(home);
  expect(code).toBe("OTHER_NETWORK");
  expect(message).toContain("genesis.json");
});
