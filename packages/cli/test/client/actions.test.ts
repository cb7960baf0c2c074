/**
 * The client against a real node. Every answer was checked against the contract's schema on its way, so that an action
 * resolves at all says that the server keeps the contract.
 */
import {
  getAccount,
  getBlock,
  getGenesis,
  getStatus,
  getSupply,
  getTransaction,
  listAccountTransactions,
  listBlocks,
  listNeps,
  listValidators,
  signAndSend,
  streamBlocks,
  type TransactionBody,
  waitForTransaction,
} from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { act, addressOf, keyOf, NEURO, signerFor, startClientNode } from "./clientNode.ts";

const toBen = (amount: bigint, memo = ""): TransactionBody => ({
  kind: "transfer",
  recipient: keyOf("ben").account,
  amount,
  memo,
});

test("a network before its first block answers everything that it has", async () => {
  const { client, chain } = await startClientNode();
  const status = await getStatus(client);
  expect(status).toMatchObject({
    networkId: chain.networkId,
    networkName: "test",
    head: { height: 0 },
    protocolVersion: "1.0.0",
  });
  expect(await listBlocks(client)).toEqual({ blocks: [], next: null });
  expect(await listNeps(client)).toEqual({ height: 0, neps: [], next: null });
  expect((await getGenesis(client)).genesis.name).toBe("test");
  expect((await getSupply(client)).circulating).toBe(String(2000n * NEURO));
  const validators = await listValidators(client);
  // economics.md 1.4: no stake is needed up to two validators, then 100.
  expect(validators).toMatchObject({
    count: 0,
    requiredStake: "0",
    tier: 1,
    nextTier: { stake: String(100n * NEURO), atValidators: 3 },
  });
  expect(validators.tiers.map(({ maxCount }) => maxCount)).toEqual([2, 10, 50, 200, 1000, null]);
});

test("a transfer is pending, then committed, and stands in block, history and balances", async () => {
  const node = await startClientNode();
  const { client, produce } = node;
  const { transactionId } = await signAndSend(client, signerFor("ada"), toBen(10n * NEURO, "hello"));
  expect(await getTransaction(client, transactionId)).toEqual({ state: "pending", transactionId });
  expect((await getAccount(client, addressOf("ada"))).nextNonce).toBe(1);
  produce();
  const committed = await waitForTransaction(client, transactionId);
  expect(committed).toMatchObject({ state: "committed", height: 1, index: 1 });
  expect(committed.transaction?.content.body).toMatchObject({
    kind: "transfer",
    memo: "hello",
    recipient: addressOf("ben"),
  });
  const ada = await getAccount(client, addressOf("ada"));
  // 10 NEURO and 5 % of it, burned.
  expect(ada).toMatchObject({ balance: "989500000000000000000", nonce: 1, nextNonce: 1 });
  expect((await getSupply(client)).burned).toBe(String(NEURO / 2n));
  const block = await getBlock(client, 1);
  expect(block.transactions).toMatchObject([
    { transactionId, kind: "transfer", sender: addressOf("ada"), outcome: { kind: "accepted" } },
  ]);
  const { transactions } = await listAccountTransactions(client, addressOf("ben"));
  expect(transactions.map((each) => each.transactionId)).toEqual([transactionId]);
});

test("blocks and histories come in pages without gaps or repetition", async () => {
  const node = await startClientNode();
  for (let nonce = 0; nonce < 5; nonce++) await act(node, "ada", toBen(NEURO, String(nonce)));
  const heights: number[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page = await listBlocks(node.client, { limit: 2, ...(before !== undefined && { before }) });
    heights.push(...page.blocks.map(({ height }) => height));
    before = page.next;
  }
  expect(heights).toEqual([5, 4, 3, 2, 1]);
  const nonces: (number | null)[] = [];
  for (let before: string | null | undefined; before !== null; ) {
    const page = await listAccountTransactions(node.client, addressOf("ada"), {
      limit: 2,
      ...(before !== undefined && { before }),
    });
    nonces.push(...page.transactions.map(({ nonce }) => nonce));
    before = page.next;
  }
  expect(nonces).toEqual([4, 3, 2, 1, 0]);
});

test("stake, its lock, delegation and unbonding are shown as the next transaction finds them", async () => {
  const node = await startClientNode();
  const { client, produce } = node;
  await act(node, "ada", { kind: "stake", amount: 500n * NEURO, lockDays: 1 });
  await act(node, "ada", { kind: "delegate", delegate: keyOf("ben").account });
  const staked = await getAccount(client, addressOf("ada"));
  expect(staked.stake).toMatchObject({ bonded: String(500n * NEURO), unlocked: "0", deposits: "0" });
  expect(staked.power).toEqual({ own: String(500n * NEURO), received: "0", delegate: addressOf("ben") });
  expect((await getAccount(client, addressOf("ben"))).power.received).toBe(String(500n * NEURO));
  const [lot] = staked.stake.lots;
  node.produceUpTo(lot!.height - 1);
  expect((await getAccount(client, addressOf("ada"))).stake.unlocked).toBe(String(500n * NEURO));
  await act(node, "ada", { kind: "unstake", amount: 200n * NEURO });
  const leaving = await getAccount(client, addressOf("ada"));
  expect(leaving.stake.unbonding).toHaveLength(1);
  node.produceUpTo(leaving.stake.unbonding[0]!.height - 1);
  const matured = await getAccount(client, addressOf("ada"));
  expect(matured).toMatchObject({
    matured: String(200n * NEURO),
    balance: String(700n * NEURO),
    stake: { unbonding: [] },
  });
  produce();
});

test("new blocks come as they are made, and the stream ends with its signal", async () => {
  const { client, produce } = await startClientNode();
  const controller = new AbortController();
  const stream = streamBlocks(client, { signal: controller.signal });
  const first = stream.next();
  // The first comes only once somebody listens.
  while ((await Promise.race([first, later(20)])) === undefined) produce();
  expect((await first).value?.height).toBeGreaterThan(0);
  controller.abort(new Error("enough"));
  await expect(drained(stream)).rejects.toThrow("enough");
});

async function drained(stream: AsyncGenerator<unknown>): Promise<void> {
  for await (const _ of stream);
}

function later(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
