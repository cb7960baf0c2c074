/** What a home that belongs to a network tells of its disk. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/chain/testNetwork.ts";
import { peerOptions } from "../../test/peers/peerNode.ts";
import { openMembership } from "./membership.ts";

test("a damaged blob is named, and that it is fetched again", async () => {
  const home = await temporaryFolder();
  const troubles: string[] = [];
  const onTrouble = (message: string): void => void troubles.push(message);
  const { blobs } = await openMembership(home, peerOptions([]), { onTrouble });
  const digest = blobs.put(Uint8Array.of(1, 2, 3));
  const path = join(home, "blobs", digest.slice(0, 2), digest);
  await writeFile(path, (await readFile(path)).reverse());
  expect(blobs.get(digest)).toBeUndefined();
  expect(troubles).toEqual([
    `blob ${digest.slice(0, 16)} was damaged on the disk; it is fetched again when it is needed`,
  ]);
});
