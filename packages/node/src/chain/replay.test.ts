import { DatabaseSync } from "node:sqlite";
import { portableScheme } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import {
  homeWithBlocks,
  makeBlocks,
  openNode,
  openTestChain,
  refusal,
  testHome,
} from "../../test/chain/testNetwork.ts";
import { chainSource } from "./chainSource.ts";
import { joinNetwork, startFromSnapshot } from "./follow.ts";
import { chainPath } from "./homeFiles.ts";
import { type ReplayProgress, verifyChain } from "./replay.ts";

test("a chain replays to the root of its head, and says how far it is", async () => {
  const node = await openNode(await testHome());
  makeBlocks(node, 4);
  const progress: ReplayProgress[] = [];
  const replayed = await verifyChain(node.home, { isAudited: true, onProgress: (step) => progress.push(step) });
  expect(replayed).toEqual({
    networkId: node.chain.networkId,
    height: 4,
    transactions: 4,
    stateRoot: node.chain.head().signedHeader!.header.stateRoot,
  });
  expect(progress.map(({ height, headHeight, transactions }) => [height, headHeight, transactions])).toEqual([
    [1, 4, 1],
    [2, 4, 2],
    [3, 4, 3],
    [4, 4, 4],
  ]);
});

test("both signature schemes replay a chain to the same root", async () => {
  const home = await homeWithBlocks(2);
  expect(await verifyChain(home, { scheme: portableScheme })).toEqual(await verifyChain(home));
});

test("a chain that grows while it is verified is verified up to where it was", async () => {
  const node = await openNode(await testHome());
  makeBlocks(node, 3);
  let isGrown = false;
  const { height } = await verifyChain(node.home, {
    onProgress() {
      if (!isGrown) makeBlocks(node, 2);
      isGrown = true;
    },
  });
  expect([height, node.chain.head().height]).toEqual([3, 5]);
});

test("a network without blocks verifies", async () => {
  const home = await testHome();
  openTestChain(home).close();
  expect(await verifyChain(home)).toMatchObject({ height: 0, transactions: 0 });
});

test.each([
  [
    "another transaction",
    "UPDATE receipts SET bytes = (SELECT bytes FROM receipts WHERE place = 131073) WHERE place = 262145",
  ],
  ["a transaction fewer", "DELETE FROM receipts WHERE place = 262145"],
  [
    "another receipt",
    "UPDATE receipts SET receipt = (SELECT receipt FROM receipts WHERE place = 131073) WHERE place = 262145",
  ],
  [
    "the header of its parent",
    "UPDATE blocks SET signedHeader = (SELECT signedHeader FROM blocks WHERE height = 1) WHERE height = 2",
  ],
])("a block with %s is found by its height", async (_, statement) => {
  const home = await homeWithBlocks(3);
  const database = new DatabaseSync(chainPath(home));
  database.exec(statement);
  database.close();
  const { code, message } = await refusal(() => verifyChain(home));
  expect(code).toBe("REPLAY_DIFFERS");
  expect(message).toContain("block 2 of");
});

test("a chain that began from a snapshot says that it cannot be replayed from its genesis", async () => {
  const node = await openNode(await testHome(), { snapshotEveryBlocks: 2 });
  makeBlocks(node, 4);
  const home = `${node.home}-follower`;
  await joinNetwork(home, chainSource(node.chain));
  await startFromSnapshot(openTestChain(home), chainSource(node.chain));
  expect(await refusal(() => verifyChain(home))).toMatchObject({ code: "NO_HISTORY" });
});

test("verifying ends when it is told to", async () => {
  const home = await homeWithBlocks(3);
  const signal = AbortSignal.abort();
  await expect(verifyChain(home, { signal })).rejects.toThrow(signal.reason as Error);
});
