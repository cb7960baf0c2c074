/** Chains over peers: what one node has, the others get, whoever stands between them. */
import { block as blockCodec, encode } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { signed } from "../chain/people.ts";
import { makeBlocks, openNode, openTestChain, testHome } from "../chain/testNetwork.ts";
import { follow, followerOf, hostilePeer, joinPeers, until } from "./peerNode.ts";

async function sequencerWithBlocks(blocks: number, options = {}) {
  const node = await openNode(await testHome(), options);
  makeBlocks(node, blocks);
  return { ...node, ...(await joinPeers(node)) };
}

test("a new node gets all blocks, and each further one when it is announced", async () => {
  const sequencer = await sequencerWithBlocks(70);
  const follower = await followerOf(sequencer.chain, [sequencer.address]);
  await until(() => follower.chain.head().height === 70);
  expect(follower.chain.head()).toEqual(sequencer.chain.head());
  makeBlocks(sequencer, 1);
  await until(() => follower.chain.head().height === 71);
  expect(follower.chain.application.info()).toEqual(sequencer.chain.application.info());
  expect(follower.failures).toEqual([]);
});

test("a transaction that is submitted to a follower gets into a block, and the follower says so", async () => {
  const sequencer = await sequencerWithBlocks(1);
  const follower = await followerOf(sequencer.chain, [sequencer.address]);
  await until(() => follower.chain.head().height === 1);
  const { transactionId } = follower.peers.submit(signed(follower.chain, { from: "ben", nonce: 0 }));
  expect(follower.chain.transactionById(transactionId).kind).toBe("pending");
  await until(() => {
    sequencer.engine.produceBlock();
    return follower.chain.transactionById(transactionId).kind === "committed";
  });
  expect(sequencer.chain.transactionById(transactionId)).toMatchObject({
    kind: "committed",
    receipt: { outcome: { kind: "accepted" } },
  });
});

test("whoever joins late begins with a snapshot of a peer", async () => {
  const sequencer = await sequencerWithBlocks(9, { snapshotEveryBlocks: 3 });
  const follower = await followerOf(sequencer.chain, [sequencer.address], { isFromSnapshot: true });
  await until(() => follower.chain.head().height === 9);
  expect(follower.chain.firstHeight()).toBe(9);
  makeBlocks(sequencer, 2);
  await until(() => follower.chain.head().height === 11);
  expect(follower.chain.application.info()).toEqual(sequencer.chain.application.info());
});

test("a peer that sends a bad block is left, and another one is asked", async () => {
  const sequencer = await sequencerWithBlocks(6);
  const liar = await hostilePeer(sequencer.chain);
  let lies = 0;
  liar.serve("head", async () => ({ height: 50 }));
  liar.serve("blocks", async ({ from }) => {
    lies++;
    const { signedHeader, transactions } = sequencer.chain.block(Math.min(from, 6))!;
    return { blocks: [encode(blockCodec, { signedHeader, transactions: [...transactions, Uint8Array.of(lies)] })] };
  });
  const follower = await followerOf(sequencer.chain, [liar.addresses[0]!]);
  await until(() => lies > 0);
  await follower.peers.network.dial(sequencer.address);
  await until(() => follower.chain.head().height === 6);
  expect(lies).toBe(1);
  expect(follower.chain.head()).toEqual(sequencer.chain.head());
  expect(follower.failures).toEqual([]);
});

test("a peer that claims blocks that nobody has does not hold up the others", async () => {
  const sequencer = await sequencerWithBlocks(3);
  const boaster = await hostilePeer(sequencer.chain);
  boaster.serve("head", async () => ({ height: 1_000_000 }));
  boaster.serve("blocks", async () => ({ blocks: [] }));
  const follower = await followerOf(sequencer.chain, [boaster.addresses[0]!, sequencer.address]);
  await until(() => follower.chain.head().height === 3);
  makeBlocks(sequencer, 1);
  await until(() => follower.chain.head().height === 4);
  expect(follower.failures).toEqual([]);
});

test("a snapshot that is none is refused, and the blocks come from others", async () => {
  const sequencer = await sequencerWithBlocks(4);
  const liar = await hostilePeer(sequencer.chain);
  liar.serve("snapshot", async () => ({ manifest: Uint8Array.of(1, 2, 3) }));
  liar.serve("head", async () => ({ height: 0 }));
  const follower = await followerOf(sequencer.chain, [liar.addresses[0]!, sequencer.address], { isFromSnapshot: true });
  await until(() => follower.chain.head().height === 4);
  expect(follower.failures).toEqual([]);
});

test("a node of another network is left, and the node goes on with its own", async () => {
  const sequencer = await sequencerWithBlocks(2);
  const other = await openNode(await testHome(["cleo"]));
  const stranger = await joinPeers(other);
  const follower = await followerOf(sequencer.chain, [stranger.address]);
  await expect(follower.peers.network.dial(stranger.address)).rejects.toMatchObject({ code: "WRONG_NETWORK" });
  expect(follower.peers.network.peers()).toEqual([]);
  await follower.peers.network.dial(sequencer.address);
  await until(() => follower.chain.head().height === 2);
});

test("clocks that are wrong by hours change nothing: time in a header is for people", async () => {
  // The engine of the test says that it is one second after 1970.
  const sequencer = await sequencerWithBlocks(2);
  expect(sequencer.chain.head().signedHeader!.header.timeMs).toBeLessThan(2000);
  const follower = await followerOf(sequencer.chain, [sequencer.address]);
  await until(() => follower.chain.head().height === 2);
  makeBlocks(sequencer, 1);
  await until(() => follower.chain.head().height === 3);
});

test("a node finds its peers again by itself, also by one that it was not told of", async () => {
  const sequencer = await sequencerWithBlocks(2);
  const first = await followerOf(sequencer.chain, [sequencer.address]);
  await until(() => first.chain.head().height === 2);
  const second = await followerOf(sequencer.chain, [sequencer.address]);
  await until(() => second.chain.head().height === 2);
  await until(() => second.peers.network.peers().filter(({ addresses }) => addresses.length > 0).length === 2);
  await second.stop();
  await sequencer.stop();
  // Only the first is left of those that the second knew.
  const chain = openTestChain(second.home);
  const again = await joinPeers({ home: second.home, chain });
  follow(again);
  await until(() => again.peers.network.peers().some(({ device }) => device === first.peers.network.device));
});
