import type { Digest, TransactionBody } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { balanceOf, NEURO, person, type Sent, signed, transfer } from "../../test/chain/people.ts";
import { makeBlocks, openNode, type TestNode, testHome } from "../../test/chain/testNetwork.ts";
import type { Submission } from "./chain.ts";

async function openedNode(mempool = {}): Promise<TestNode> {
  return await openNode(await testHome(["ada", "ben", "cem"]), { mempool });
}

function send({ chain }: TestNode, sent: Sent): Submission {
  return chain.submit(signed(chain, sent));
}

/** The code and the figures. */
function rejectionOf(submission: Submission): object {
  if (submission.kind !== "rejected") throw new Error(`the transaction is ${submission.kind}`);
  return { code: submission.code, ...Object.fromEntries(submission.figures.map(({ name, value }) => [name, value])) };
}

test("what is no transaction is refused as malformed", async () => {
  const { chain } = await openedNode();
  expect(rejectionOf(chain.submit(Uint8Array.of(1, 2, 3)))).toMatchObject({ code: "MALFORMED" });
  const bytes = signed(chain, { from: "ada", nonce: 0 });
  const longer = Uint8Array.of(...bytes, 0);
  expect(rejectionOf(chain.submit(longer))).toMatchObject({ code: "MALFORMED" });
});

test("bytes beyond the limit of the network are refused before they are read", async () => {
  const { chain } = await openedNode();
  const refused = rejectionOf(chain.submit(new Uint8Array(327_681)));
  expect(refused).toEqual({ code: "TRANSACTION_TOO_LARGE", mostBytes: "327680", bytes: "327681" });
});

test("an altered signature is refused, in each half of it", async () => {
  const { chain } = await openedNode();
  for (const fromEnd of [1, 40]) {
    const bytes = signed(chain, { from: "ada", nonce: 0 });
    bytes[bytes.length - fromEnd]! ^= 1;
    expect(rejectionOf(chain.submit(bytes))).toMatchObject({ code: "BAD_SIGNATURE" });
  }
});

const WRONG: readonly (readonly [name: string, sent: Omit<Sent, "from">, expected: object])[] = [
  ["of another network", { nonce: 0, networkId: "cd".repeat(32) as Digest }, { code: "WRONG_NETWORK" }],
  ["that skips a nonce", { nonce: 2 }, { code: "NONCE_FUTURE", expected: "0", actual: "2" }],
  [
    "whose last height is over",
    { nonce: 0, lastHeight: 2 },
    { code: "TRANSACTION_EXPIRED", lastHeight: "2", height: "4" },
  ],
  ["that wants to live too long", { nonce: 0, lastHeight: 125 }, { code: "LAST_HEIGHT_TOO_FAR", most: "124" }],
  ["that spends too much", { nonce: 0, body: transfer("ben", 1000n * NEURO) }, { code: "BALANCE_TOO_LOW" }],
  ["that sends nothing", { nonce: 0, body: transfer("ben", 0n) }, { code: "AMOUNT_TOO_SMALL" }],
  ["with too long a memo", { nonce: 0, body: transfer("ben", NEURO, "x".repeat(1024)) }, { code: "MEMO_TOO_LONG" }],
  ["that unstakes what is not staked", { nonce: 0, body: unstake(5n) }, { code: "STAKE_TOO_LOW" }],
];

function unstake(amount: bigint): TransactionBody {
  return { kind: "unstake", amount };
}

test.each(WRONG)("a transaction %s is refused with its code and figures", async (_, sent, expected) => {
  const node = await openedNode();
  makeBlocks(node, 3);
  expect(rejectionOf(send(node, { from: "cem", ...sent }))).toMatchObject(expected);
  expect(node.chain.mempool.size).toBe(0);
  expect(node.engine.produceBlock().header.transactionCount).toBe(0);
});

test("a nonce that was used is stale, whether its transaction waits or has a block", async () => {
  const node = await openedNode();
  const other = { from: "ada", nonce: 0, body: transfer("cem", NEURO) };
  send(node, { from: "ada", nonce: 0 });
  expect(rejectionOf(send(node, other))).toMatchObject({ code: "NONCE_STALE", expected: "1", actual: "0" });
  node.engine.produceBlock();
  expect(rejectionOf(send(node, other))).toMatchObject({ code: "NONCE_STALE", expected: "1", actual: "0" });
});

test("transactions of one sender build on each other, and money that is on its way can be spent", async () => {
  const node = await openedNode();
  expect(send(node, { from: "ada", nonce: 0, body: transfer("dora", 100n * NEURO) }).kind).toBe("pending");
  expect(send(node, { from: "dora", nonce: 0, body: transfer("ben", 90n * NEURO) }).kind).toBe("pending");
  expect(send(node, { from: "dora", nonce: 1, body: transfer("ben", 2n * NEURO) }).kind).toBe("pending");
  expect(rejectionOf(send(node, { from: "dora", nonce: 2, body: transfer("ben", 90n * NEURO) }))).toMatchObject({
    code: "BALANCE_TOO_LOW",
  });
  expect(node.engine.produceBlock().header.transactionCount).toBe(3);
});

test("a transaction that waits already is known, even where there is room for no other", async () => {
  const node = await openedNode({ mostTransactions: 1 });
  const bytes = signed(node.chain, { from: "ada", nonce: 0 });
  const first = node.chain.submit(bytes);
  expect(node.chain.submit(bytes)).toEqual({ ...first, isKnown: true });
  expect(node.chain.mempool.size).toBe(1);
  expect(rejectionOf(send(node, { from: "ben", nonce: 0 }))).toMatchObject({
    code: "POOL_FULL",
    mostTransactions: "1",
  });
});

test("the queue holds no more bytes than it may", async () => {
  const node = await openedNode({ mostBytes: 400 });
  for (const nonce of [0, 1]) expect(send(node, { from: "ada", nonce }).kind).toBe("pending");
  expect(rejectionOf(send(node, { from: "ada", nonce: 2 }))).toMatchObject({ code: "POOL_FULL", mostBytes: "400" });
  node.engine.produceBlock();
  expect(send(node, { from: "ada", nonce: 2 }).kind).toBe("pending");
});

test("one sender cannot fill the queue of all", async () => {
  const node = await openedNode({ mostPerSender: 2 });
  for (const nonce of [0, 1]) expect(send(node, { from: "ada", nonce }).kind).toBe("pending");
  expect(rejectionOf(send(node, { from: "ada", nonce: 2 }))).toEqual({
    code: "TOO_MANY_PENDING",
    most: "2",
    pending: "2",
  });
  expect(send(node, { from: "ben", nonce: 0 }).kind).toBe("pending");
  node.engine.produceBlock();
  expect(send(node, { from: "ada", nonce: 2 }).kind).toBe("pending");
});

test("what has no room in a block waits for the next one, in its order", async () => {
  const home = await testHome(["ada", "ben"], { "network.limits.MAX_BLOCK_TRANSACTIONS": 3 });
  const node = await openNode(home);
  for (let nonce = 0; nonce < 7; nonce++) expect(send(node, { from: "ada", nonce }).kind).toBe("pending");
  const counts = [1, 2, 3, 4].map(() => node.engine.produceBlock().header.transactionCount);
  expect(counts).toEqual([3, 3, 1, 0]);
  expect(balanceOf(node.chain, "ben")).toBe(1007n * NEURO);
});

test("a transaction that expires while it waits is dropped, and its sender can ask why", async () => {
  const node = await openedNode();
  const { transactionId } = send(node, { from: "ada", nonce: 0, lastHeight: 1 });
  node.blockOf();
  expect(node.chain.mempool.size).toBe(0);
  expect(node.chain.transactionById(transactionId)).toEqual({
    kind: "rejected",
    code: "TRANSACTION_EXPIRED",
    figures: [
      { name: "lastHeight", value: "1" },
      { name: "height", value: "2" },
    ],
  });
});

test("after a block, what it made impossible is dropped and the rest still waits", async () => {
  const node = await openedNode();
  const lost = send(node, { from: "ada", nonce: 0, body: transfer("ben", 900n * NEURO) }).transactionId;
  const kept = send(node, { from: "cem", nonce: 0 }).transactionId;
  node.blockOf(signed(node.chain, { from: "ada", nonce: 0, body: transfer("dora", 500n * NEURO) }));
  expect(node.chain.transactionById(lost)).toMatchObject({ kind: "rejected", code: "NONCE_STALE" });
  expect(node.chain.transactionById(kept)).toEqual({ kind: "pending" });
  expect(node.chain.mempool.pendingOf(person("ada").account)).toBe(0);
  expect(node.engine.produceBlock().header.transactionCount).toBe(1);
});

test("a transaction that was dropped can be sent again when it has become possible", async () => {
  const node = await openedNode();
  const poor = { from: "dora", nonce: 0, body: transfer("ben", 10n * NEURO) };
  send(node, { from: "ada", nonce: 0, body: transfer("dora", 50n * NEURO) });
  const bytes = signed(node.chain, poor);
  const { transactionId } = node.chain.submit(bytes);
  node.blockOf(signed(node.chain, { from: "ada", nonce: 0 }));
  expect(node.chain.transactionById(transactionId)).toMatchObject({ kind: "rejected", code: "BALANCE_TOO_LOW" });
  node.blockOf(signed(node.chain, { from: "ada", nonce: 1, body: transfer("dora", 50n * NEURO) }));
  expect(node.chain.submit(bytes).kind).toBe("pending");
  expect(node.chain.transactionById(transactionId)).toEqual({ kind: "pending" });
});
