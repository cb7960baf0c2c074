import {
  block as blockCodec,
  bytesToHex,
  type Digest,
  decode,
  encode,
  headerHash,
  listRoot,
  receiptRoot,
  snapshotManifest,
} from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { balanceOf, NEURO, signed, transfer } from "../../test/chain/people.ts";
import { makeBlocks, openNode, openTestChain, refusal, type TestNode, testHome } from "../../test/chain/testNetwork.ts";
import { NodeError } from "../nodeError.ts";
import type { BlockSource } from "./blockSource.ts";
import type { Chain } from "./chain.ts";
import { chainSource } from "./chainSource.ts";
import { catchUp, follow, joinNetwork, startFromSnapshot } from "./follow.ts";
import { readSequencer } from "./homeFiles.ts";
import { verifyChain } from "./replay.ts";

interface Pair {
  readonly node: TestNode;
  readonly source: BlockSource;
  readonly follower: Chain;
}

/** A sequencer with some blocks and somebody who has only its genesis. */
async function pair(blocks: number): Promise<Pair> {
  const node = await openNode(await testHome(), { snapshotEveryBlocks: 3 });
  makeBlocks(node, blocks);
  const source = chainSource(node.chain);
  const home = `${node.home}-follower`;
  await joinNetwork(home, source, node.chain.networkId);
  return { node, source, follower: openTestChain(home) };
}

function altered(bytes: Uint8Array, fromEnd: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - fromEnd]! ^= 1;
  return copy;
}

test("a follower has the same blocks, the same root and the same answers", async () => {
  const { node, source, follower } = await pair(5);
  expect(await catchUp(follower, source)).toBe(5);
  expect(follower.head()).toEqual(node.chain.head());
  expect(follower.application.info()).toEqual(node.chain.application.info());
  expect(balanceOf(follower, "ben")).toBe(1005n * NEURO);
  expect(follower.block(3)).toEqual(node.chain.block(3));
  expect(follower.receiptsOf(3)).toEqual(node.chain.receiptsOf(3));
  makeBlocks(node, 2);
  expect(await catchUp(follower, source)).toBe(2);
  expect(await catchUp(follower, source)).toBe(0);
  const { stateRoot } = await verifyChain(follower.home);
  expect(stateRoot).toBe(node.chain.head().signedHeader!.header.stateRoot);
});

test("a rejected transaction in a block is part of the chain and costs nothing", async () => {
  const { node, source, follower } = await pair(1);
  const tooMuch = signed(node.chain, { from: "ben", nonce: 0, body: transfer("ada", 5000n * NEURO) });
  const { transactionId } = node.chain.submit(tooMuch);
  const transactions = [tooMuch, tooMuch];
  const { application, scheme } = node.chain;
  const { height, parent, receipts, stateRoot } = application.finalizeBlock(transactions);
  const { publicKey: proposer, privateKey } = (await readSequencer(node.home)).key.reveal();
  const roots = {
    transactionRoot: bytesToHex(listRoot(transactions)) as Digest,
    receiptRoot: receiptRoot(receipts),
    stateRoot,
  };
  const { networkId } = node.chain;
  const header = { networkId, height, parent, timeMs: 2000, transactionCount: 2, ...roots, proposer };
  application.commit({ header, signature: scheme.sign(headerHash(header), privateKey) });
  await catchUp(follower, source);
  expect(balanceOf(follower, "ben")).toBe(1001n * NEURO);
  expect(follower.transactionById(transactionId)).toMatchObject({
    kind: "committed",
    height: 2,
    index: 1,
    receipt: { outcome: { kind: "rejected", code: "BALANCE_TOO_LOW" } },
  });
});

test("following goes on until it is ended, through moments in which the source is away", async () => {
  const { node, source, follower } = await pair(2);
  const ended = new AbortController();
  const troubles: string[] = [];
  let calls = 0;
  const flaky: BlockSource = {
    ...source,
    async head() {
      calls++;
      if (calls === 2) throw new NodeError("SOURCE_UNREACHABLE", "the source is away");
      if (calls === 3) makeBlocks(node, 2);
      if (calls === 4) ended.abort();
      return await source.head();
    },
  };
  await follow(follower, flaky, { signal: ended.signal, pauseMs: 0, onTrouble: ({ code }) => troubles.push(code) });
  expect(troubles).toEqual(["SOURCE_UNREACHABLE"]);
  expect(follower.head().height).toBe(4);
});

type Lie = (bytes: Uint8Array, node: TestNode) => Uint8Array | undefined;

function decoded(bytes: Uint8Array) {
  const result = decode(blockCodec, bytes);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const LIES: readonly (readonly [name: string, code: string, lie: Lie])[] = [
  ["bytes that are no block", "MALFORMED", (bytes) => bytes.subarray(0, 40)],
  ["a block with an altered transaction", "BLOCK_WRONG_TRANSACTIONS", (bytes) => altered(bytes, 1)],
  [
    "a block without its transactions",
    "BLOCK_WRONG_TRANSACTIONS",
    (bytes) => encode(blockCodec, { ...decoded(bytes), transactions: [] }),
  ],
  [
    "a block with another state root",
    "BLOCK_BAD_SIGNATURE",
    (bytes) => {
      const { signedHeader, transactions } = decoded(bytes);
      const header = { ...signedHeader.header, stateRoot: signedHeader.header.parent };
      return encode(blockCodec, { signedHeader: { ...signedHeader, header }, transactions });
    },
  ],
  ["an earlier block once more", "BLOCK_WRONG_HEIGHT", (_, { chain }) => encode(blockCodec, chain.block(2)!)],
  ["no block", "it has none", () => undefined],
];

test.each(LIES)("a source that sends %s is refused, and nothing of it is kept", async (_, reason, lie) => {
  const { node, source, follower } = await pair(5);
  const liar: BlockSource = {
    ...source,
    async block(height) {
      const bytes = await source.block(height);
      return height === 4 ? lie(bytes!, node) : bytes;
    },
  };
  const { code, message } = await refusal(() => catchUp(follower, liar));
  expect(code).toBe("BAD_BLOCK");
  expect(message).toContain("block 4 from");
  expect(message).toContain(reason);
  expect(follower.head()).toMatchObject({ height: 3, digest: node.chain.header(4)!.header.parent });
  expect(follower.header(4)).toBeUndefined();
  expect(await catchUp(follower, source)).toBe(2);
});

test("a sequencer that signs a wrong state root is not followed", async () => {
  const { node, source, follower } = await pair(3);
  const { privateKey } = (await readSequencer(node.home)).key.reveal();
  const lying: BlockSource = {
    ...source,
    async block(height) {
      const { signedHeader, transactions } = node.chain.block(height)!;
      if (height < 3) return encode(blockCodec, { signedHeader, transactions });
      const header = { ...signedHeader.header, stateRoot: signedHeader.header.parent };
      const signature = node.chain.scheme.sign(headerHash(header), privateKey);
      return encode(blockCodec, { signedHeader: { header, signature }, transactions });
    },
  };
  const { message } = await refusal(() => catchUp(follower, lying));
  expect(message).toContain("BLOCK_WRONG_STATE");
  expect(follower.head().height).toBe(2);
});

test("who joins late begins from a snapshot and goes on with blocks", async () => {
  const { node, source, follower } = await pair(7);
  expect(await startFromSnapshot(follower, source)).toBe(6);
  expect(follower.head().height).toBe(6);
  expect(follower.header(6)).toEqual(node.chain.header(6));
  expect(await catchUp(follower, source)).toBe(1);
  expect(follower.application.info()).toEqual(node.chain.application.info());
  expect([follower.firstHeight(), follower.block(6), follower.receiptsOf(5)]).toEqual([6, undefined, []]);
  const { home } = follower;
  follower.close();
  const again = openTestChain(home);
  expect(again.application.info()).toEqual(node.chain.application.info());
});

test("a snapshot is only for a chain that has no blocks", async () => {
  const { source, follower } = await pair(4);
  await catchUp(follower, source);
  expect(await refusal(() => startFromSnapshot(follower, source))).toMatchObject({ code: "BAD_SNAPSHOT" });
  expect(follower.head().height).toBe(4);
});

test("a network without blocks offers no snapshot", async () => {
  const { source, follower } = await pair(0);
  expect(await startFromSnapshot(follower, source)).toBeUndefined();
});

const SNAPSHOT_LIES: readonly (readonly [name: string, lie: (source: BlockSource) => Partial<BlockSource>])[] = [
  ["a description that is none", () => ({ snapshot: async () => Uint8Array.of(1) })],
  [
    "a chunk that was cut",
    (source) => ({ snapshotChunk: async (...place) => (await source.snapshotChunk(...place))!.subarray(9) }),
  ],
  [
    "a chunk that was altered",
    (source) => ({ snapshotChunk: async (...place) => altered((await source.snapshotChunk(...place))!, 5) }),
  ],
  ["no chunk", () => ({ snapshotChunk: async () => undefined })],
  [
    "a header with an altered root",
    (source) => ({ snapshot: async () => altered((await source.snapshot())!, 33 * 2 + 70) }),
  ],
];

test.each(SNAPSHOT_LIES)(
  "a source that sends %s as its snapshot is refused, and nothing of it is kept",
  async (_, lie) => {
    const { source, follower } = await pair(4);
    const before = follower.application.info();
    const { code } = await refusal(() => startFromSnapshot(follower, { ...source, ...lie(source) }));
    expect(code).toBe("BAD_SNAPSHOT");
    expect(follower.application.info()).toEqual(before);
    expect(await startFromSnapshot(follower, source)).toBe(3);
  },
);

test("a snapshot whose chunks fit its description but not the signed root is refused", async () => {
  const { source, follower } = await pair(4);
  const rich = await pair(0);
  makeBlocks(rich.node, 4);
  const [mine, its] = [await source.snapshot(), await rich.source.snapshot()].map((bytes) => {
    const manifest = decode(snapshotManifest, bytes!);
    if (!manifest.ok) throw new Error(manifest.reason);
    return manifest.value;
  });
  const forged = encode(snapshotManifest, { ...mine!, chunks: its!.chunks });
  const liar = { ...source, snapshot: async () => forged, snapshotChunk: rich.source.snapshotChunk };
  const { code, message } = await refusal(() => startFromSnapshot(follower, liar));
  expect(code).toBe("BAD_SNAPSHOT");
  expect(message).toContain("root");
  expect(follower.head().height).toBe(0);
});

test("joining through a node of another network is refused before anything is written", async () => {
  const { source, node } = await pair(1);
  const home = `${node.home}-third`;
  const other = "ef".repeat(32);
  expect(await refusal(() => joinNetwork(home, source, other))).toMatchObject({ code: "OTHER_NETWORK" });
  expect(await refusal(() => openTestChain(home))).toMatchObject({ code: "NO_NETWORK" });
});
