import process from "node:process";
import {
  bytesToHex,
  type Digest,
  decode,
  receipt as receiptCodec,
  type StateProof,
  verifyItem,
  verifySignedHeader,
  verifyStateProof,
} from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { balanceOf, NEURO, person, signed, transfer } from "../../test/chain/people.ts";
import {
  homeWithBlocks,
  makeBlocks,
  openNode,
  openTestChain,
  refusal,
  testHome,
} from "../../test/chain/testNetwork.ts";
import { openChain } from "./chain.ts";

const NOBODY = "ab".repeat(32) as Digest;

test("a transfer that was submitted is pending, then committed with its receipt", async () => {
  const { chain, engine } = await openNode(await testHome());
  const submission = chain.submit(signed(chain, { from: "ada", nonce: 0 }));
  expect(submission).toMatchObject({ kind: "pending", isKnown: false });
  const { transactionId } = submission;
  expect(chain.transactionById(transactionId)).toEqual({ kind: "pending" });
  const { header } = engine.produceBlock();
  expect(header).toMatchObject({ height: 1, transactionCount: 1, parent: chain.networkId });
  expect(chain.transactionById(transactionId)).toMatchObject({
    kind: "committed",
    height: 1,
    index: 1,
    timeMs: header.timeMs,
    receipt: { transactionId, outcome: { kind: "accepted" } },
  });
  expect(balanceOf(chain, "ben")).toBe(1001n * NEURO);
  expect(chain.transactionById(NOBODY)).toEqual({ kind: "unknown" });
});

test("a transaction that is sent again after its block is answered with its place", async () => {
  const { chain, engine } = await openNode(await testHome());
  const bytes = signed(chain, { from: "ada", nonce: 0 });
  const { transactionId } = chain.submit(bytes);
  engine.produceBlock();
  expect(chain.submit(bytes)).toEqual({ kind: "committed", transactionId, height: 1, index: 1 });
});

test("a history lists what an account sent and what happened to it, newest first, page by page", async () => {
  const node = await openNode(await testHome(["ada", "ben", "cem"]));
  makeBlocks(node, 3);
  node.chain.submit(signed(node.chain, { from: "cem", nonce: 0, body: transfer("ada", NEURO) }));
  node.chain.submit(signed(node.chain, { from: "cem", nonce: 1, body: transfer("ben", NEURO) }));
  node.engine.produceBlock();
  const placesOf = (name: string, query: Parameters<typeof node.chain.history>[1]) =>
    node.chain.history(person(name).account, query).map(({ height, index }) => `${height}/${index}`);
  expect(placesOf("ada", { limit: 10 })).toEqual(["4/1", "3/1", "2/1", "1/1"]);
  expect(placesOf("ben", { limit: 10 })).toEqual(["4/2", "3/1", "2/1", "1/1"]);
  expect(placesOf("ada", { limit: 2, before: { height: 4, index: 1 } })).toEqual(["3/1", "2/1"]);
  expect(placesOf("dora", { limit: 10 })).toEqual([]);
});

test("a chain that is opened again goes on where it was", async () => {
  const home = await homeWithBlocks(3);
  const node = await openNode(home);
  expect(node.chain.head().height).toBe(3);
  expect(balanceOf(node.chain, "ben")).toBe(1003n * NEURO);
  const { digest } = node.chain.head();
  makeBlocks(node, 1);
  expect(node.chain.head().signedHeader!.header).toMatchObject({ height: 4, parent: digest, transactionCount: 1 });
  expect(node.chain.block(2)!.transactions).toHaveLength(1);
  expect(node.chain.receiptsOf(2)).toHaveLength(2);
  expect(node.chain.block(5)).toBeUndefined();
});

test("subscribers hear of a block when it is durable, until they end it", async () => {
  const node = await openNode(await testHome());
  const heard: number[] = [];
  const end = node.chain.subscribe(({ signedHeader }) => {
    expect(node.chain.header(signedHeader.header.height)).toEqual(signedHeader);
    heard.push(signedHeader.header.height);
  });
  makeBlocks(node, 2);
  end();
  makeBlocks(node, 1);
  expect(heard).toEqual([1, 2]);
});

test("two processes cannot open one home, and the second is told who has it", async () => {
  const home = await testHome();
  const chain = openTestChain(home);
  const { code, message } = await refusal(() => openChain({ home }));
  expect(code).toBe("HOME_IN_USE");
  expect(message).toContain(`process ${process.pid}`);
  chain.close();
  openTestChain(home).close();
});

test("a light client that knows only the genesis checks a balance, and that an account does not exist", async () => {
  const node = await openNode(await testHome());
  makeBlocks(node, 2);
  const { chain } = node;
  const { signedHeader, proof } = chain.proof("accounts", person("ben").account)!;
  expect(verifySignedHeader(signedHeader, chain, chain.scheme)).toBeUndefined();
  const { stateRoot } = signedHeader.header;
  expect(verifyStateProof(stateRoot, proof)).toEqual({ kind: "present", value: { balance: 1002n * NEURO, nonce: 0 } });
  expect(verifyStateProof(stateRoot, chain.proof("accounts", person("dora").account)!.proof)).toEqual({
    kind: "absent",
  });
  expect(verifyStateProof(chain.header(1)!.header.stateRoot, proof)).toEqual({ kind: "invalid" });
  const forged = { ...signedHeader, header: { ...signedHeader.header, timeMs: 77 } };
  expect(verifySignedHeader(forged, chain, chain.scheme)).toMatchObject({ code: "BLOCK_BAD_SIGNATURE" });
});

test("a proof about one account says nothing about another one", async () => {
  const node = await openNode(await testHome());
  makeBlocks(node, 1);
  const { signedHeader, proof } = node.chain.proof("accounts", person("ben").account)!;
  const stolen: StateProof<"accounts"> = { ...proof, key: person("dora").account };
  expect(verifyStateProof(signedHeader.header.stateRoot, stolen).kind).not.toBe("present");
});

test("that a block has a transaction and what it did is proven against the header", async () => {
  const { chain, engine } = await openNode(await testHome());
  for (let nonce = 0; nonce < 5; nonce++) chain.submit(signed(chain, { from: "ada", nonce }));
  const wanted = chain.submit(signed(chain, { from: "ben", nonce: 0 })).transactionId;
  engine.produceBlock();
  const { signedHeader, transaction, receipt } = chain.transactionProof(wanted)!;
  const { transactionRoot, receiptRoot } = signedHeader.header;
  expect(verifyItem(transactionRoot, transaction.bytes, transaction.proof)).toBe(true);
  expect(verifyItem(receiptRoot, receipt.bytes, receipt.proof)).toBe(true);
  expect(decode(receiptCodec, receipt.bytes)).toMatchObject({ ok: true, value: { transactionId: wanted } });
  expect(verifyItem(receiptRoot, transaction.bytes, transaction.proof)).toBe(false);
  expect(chain.transactionProof(NOBODY)).toBeUndefined();
});

test("blocks that nothing happens in are made all the same, and change no entry", async () => {
  const { chain, engine } = await openNode(await testHome());
  const before = bytesToHex(chain.state.tables.accounts.root());
  engine.produceBlock();
  expect(chain.head().signedHeader!.header).toMatchObject({ height: 1, transactionCount: 0 });
  expect(bytesToHex(chain.state.tables.accounts.root())).toBe(before);
});
