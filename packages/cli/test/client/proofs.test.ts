/** A client that believes nobody but the genesis: proofs of a real node hold, altered ones do not. */
import {
  getGenesis,
  getStateProof,
  getTransactionProof,
  type StateProofView,
  signAndSend,
  type TransactionBody,
  type TransactionProofView,
  type TrustedNetwork,
  trustedNetworkOf,
  verifyEntry,
  verifyTransaction,
} from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { type ClientNode, keyOf, NEURO, signerFor, startClientNode } from "./clientNode.ts";

const BODY: TransactionBody = { kind: "transfer", recipient: keyOf("ben").account, amount: NEURO, memo: "" };

async function trusted({ client, chain }: ClientNode): Promise<TrustedNetwork> {
  const network = trustedNetworkOf(await getGenesis(client), chain.networkId);
  if (network === undefined) throw new Error("the genesis is another one");
  return network;
}

async function paidNode() {
  const node = await startClientNode();
  const { transactionId } = await signAndSend(node.client, signerFor("ada"), BODY);
  node.produce();
  return { ...node, transactionId };
}

/** The same with one digit of one text changed, for every text of the proof. */
function* altered<T>(view: T): Generator<T> {
  const json = JSON.stringify(view);
  for (const { index, 0: text } of json.matchAll(/(?<=")[0-9a-f]{8,}(?=")/g)) {
    for (const at of [index, index + 7, index + text.length - 1]) {
      const digit = json[at] === "0" ? "1" : "0";
      yield JSON.parse(json.slice(0, at) + digit + json.slice(at + 1));
    }
  }
}

test("a balance is proven, and so is that an account has none", async () => {
  const node = await paidNode();
  const network = await trusted(node);
  for (const [name, value] of [
    ["ben", { balance: 1001n * NEURO, nonce: 0 }],
    ["nobody", null],
  ] as const) {
    const entry = { table: "accounts", key: keyOf(name).account } as const;
    const verified = verifyEntry(await getStateProof(node.client, entry), { ...entry, network });
    expect(verified).toMatchObject({ ok: true, value, header: { height: 1 } });
  }
});

test("a proof of another entry, or under another network, proves nothing", async () => {
  const node = await paidNode();
  const network = await trusted(node);
  const entry = { table: "accounts", key: keyOf("ben").account } as const;
  const view = await getStateProof(node.client, entry);
  expect(verifyEntry(view, { ...entry, key: keyOf("ada").account, network }).ok).toBe(false);
  expect(verifyEntry(view, { table: "stakes", key: entry.key, network }).ok).toBe(false);
  const { sequencer } = await trusted(await startClientNode());
  expect(verifyEntry(view, { ...entry, network: { ...network, sequencer } }).ok).toBe(false);
  expect(verifyEntry({ ...view, signedHeader: "00" }, { ...entry, network }).ok).toBe(false);
});

test("no digit of a state proof can be another", async () => {
  const node = await paidNode();
  const network = await trusted(node);
  const entry = { table: "params", key: "economics.constants.FEE_BURN_RATE" } as const;
  const view = await getStateProof(node.client, entry);
  let count = 0;
  for (const wrong of altered<StateProofView>(view)) {
    count++;
    expect(verifyEntry(wrong, { ...entry, network }).ok).toBe(false);
  }
  expect(count).toBeGreaterThan(20);
});

test("a transaction and its receipt are proven, and no digit of the proof can be another", async () => {
  const node = await paidNode();
  const network = await trusted(node);
  const { transactionId } = node;
  const view = await getTransactionProof(node.client, transactionId);
  const verified = verifyTransaction(view, { transactionId, network });
  expect(verified).toMatchObject({
    ok: true,
    header: { height: 1 },
    receipt: { transactionId, outcome: { kind: "accepted" } },
  });
  const { height: _, transactionId: __, ...proof } = view;
  for (const wrong of altered(proof)) {
    const whole: TransactionProofView = { ...view, ...wrong };
    expect(verifyTransaction(whole, { transactionId, network }).ok).toBe(false);
  }
});

test("a genesis of another network is not trusted", async () => {
  const node = await startClientNode();
  const view = await getGenesis(node.client);
  expect(trustedNetworkOf(view, "00".repeat(32))).toBeUndefined();
  expect(trustedNetworkOf({ ...view, bytes: "00" }, node.chain.networkId)).toBeUndefined();
});
