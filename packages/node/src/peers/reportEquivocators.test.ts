import { bytesToHex, type Digest, decodeTransaction, transactionHash } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { balanceOf, NEURO, person } from "../../test/chain/people.ts";
import type { TestNode } from "../../test/chain/testNetwork.ts";
import { openRound, SLASHED_STAKE, signedWork, stakeOfEve } from "../../test/peers/equivocator.ts";
import { type EquivocationWatch, reportEquivocators } from "./reportEquivocators.ts";

function watchOf({ chain }: TestNode, name: string): EquivocationWatch {
  return reportEquivocators({ chain, account: person(name), submit: (bytes) => chain.submit(bytes) });
}

/** As a node does with what a peer sends. */
function hear({ chain }: TestNode, watches: readonly EquivocationWatch[], bytes: Uint8Array): void {
  chain.submit(bytes);
  for (const watch of watches) watch.see(bytes);
}

function idOf(bytes: Uint8Array): Digest {
  const decoded = decodeTransaction(bytes);
  if (!decoded.ok) throw new Error("what waits is no transaction");
  return bytesToHex(transactionHash(decoded.value.content)) as Digest;
}

function evidenceIn({ chain }: TestNode): number {
  return [...chain.state.tables.evidence.entries()].length;
}

test("a second commit for a slot whose first is in a block costs its signer stake, and the reporter gets his share", async () => {
  const node = await openRound();
  const watch = watchOf(node, "ada");
  hear(node, [watch], signedWork(node.chain, "one"));
  node.engine.produceBlock();
  const before = balanceOf(node.chain, "ada");
  hear(node, [watch], signedWork(node.chain, "another", { nonce: 1 }));
  node.engine.produceBlock();
  expect(stakeOfEve(node.chain)).toBe(SLASHED_STAKE);
  expect(balanceOf(node.chain, "ada")).toBeGreaterThan(before + 4n * NEURO);
});

test("two commits of which none is in a block are enough, and one that comes before the one in a block", async () => {
  const both = await openRound();
  const first = watchOf(both, "ada");
  hear(both, [first], signedWork(both.chain, "one"));
  hear(both, [first], signedWork(both.chain, "another"));
  both.engine.produceBlock();
  expect(stakeOfEve(both.chain)).toBe(SLASHED_STAKE);
  const late = await openRound();
  const second = watchOf(late, "ada");
  // Only this node has been shown it.
  second.see(signedWork(late.chain, "another"));
  late.chain.submit(signedWork(late.chain, "one"));
  late.engine.produceBlock();
  late.engine.produceBlock();
  expect(stakeOfEve(late.chain)).toBe(SLASHED_STAKE);
});

test("what a node had not heard before it started it reads in the blocks", async () => {
  const node = await openRound();
  node.chain.submit(signedWork(node.chain, "one"));
  node.engine.produceBlock();
  hear(node, [watchOf(node, "ben")], signedWork(node.chain, "another", { nonce: 1 }));
  node.engine.produceBlock();
  expect(stakeOfEve(node.chain)).toBe(SLASHED_STAKE);
});

test("of several who see it one reports it, and nobody pays for being late", async () => {
  const node = await openRound();
  const watches = [watchOf(node, "ada"), watchOf(node, "ben")];
  for (const what of ["one", "another", "a third"]) hear(node, watches, signedWork(node.chain, what));
  const before = balanceOf(node.chain, "ben");
  for (let blocks = 0; blocks < 3; blocks++) node.engine.produceBlock();
  expect([evidenceIn(node), stakeOfEve(node.chain)]).toEqual([1, SLASHED_STAKE]);
  expect(balanceOf(node.chain, "ben")).toBe(before);
});

test("a report whose place another transaction of the account has taken is sent again", async () => {
  const node = await openRound();
  const watch = watchOf(node, "ada");
  hear(node, [watch], signedWork(node.chain, "one"));
  node.engine.produceBlock();
  watch.see(signedWork(node.chain, "another", { nonce: 1 }));
  // A block of another node that has not got the report.
  node.blockOf();
  expect(evidenceIn(node)).toBe(0);
  expect(node.chain.mempool.size).toBe(1);
  const [waiting] = node.chain.mempool.candidates();
  node.chain.mempool.drop(idOf(waiting!), { code: "NONCE_STALE", figures: [] });
  node.blockOf();
  node.engine.produceBlock();
  expect([evidenceIn(node), stakeOfEve(node.chain)]).toEqual([1, SLASHED_STAKE]);
});

test("the same commit again, one that another has signed, and the own device's are no evidence", async () => {
  const node = await openRound();
  const { chain } = node;
  const watches = [watchOf(node, "ada"), watchOf(node, "eve")];
  hear(node, watches, signedWork(chain, "one"));
  hear(node, watches, signedWork(chain, "one", { nonce: 1 }));
  hear(node, watches, signedWork(chain, "another", { from: "ben", nonce: 0 }));
  const forged = signedWork(chain, "another").with(-1, 0).with(-2, 0);
  hear(node, watches, forged);
  hear(node, watches, Uint8Array.of(1, 2, 3));
  watches[1]!.see(signedWork(chain, "another"));
  for (let blocks = 0; blocks < 3; blocks++) node.engine.produceBlock();
  expect([evidenceIn(node), chain.mempool.size]).toEqual([0, 0]);
  expect(stakeOfEve(chain)).toBe(100n * NEURO);
});
