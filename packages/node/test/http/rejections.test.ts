/** What the state machine turns away, as HTTP tells it: the same code, its figures, and words. */
import { describeFault, httpStatusOf, REJECTION_CODES } from "@neuroshard/sdk/api";
import { expect, test } from "vitest";
import { person, type Sent, signed } from "../chain/people.ts";
import { type HttpNode, startNode } from "./httpNode.ts";

const NEURO = 10n ** 18n;
const ID = "ab".repeat(32);

async function send({ url }: HttpNode, bytes: Uint8Array) {
  const response = await fetch(`${url}/api/v1/transactions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ transaction: Buffer.from(bytes).toString("hex") }),
  });
  return { status: response.status, json: (await response.json()) as { readonly error: Record<string, unknown> } };
}

const to = (amount: bigint, memo = ""): NonNullable<Sent["body"]> => ({
  kind: "transfer",
  recipient: person("ben").account,
  amount,
  memo,
});

const cases: readonly (readonly [code: string, sent: Omit<Sent, "from">, figures: Readonly<Record<string, string>>])[] =
  [
    ["WRONG_NETWORK", { nonce: 0, networkId: ID as never }, { actual: ID }],
    ["NONCE_FUTURE", { nonce: 7 }, { expected: "0", actual: "7" }],
    ["TRANSACTION_EXPIRED", { nonce: 0, lastHeight: 0 }, { lastHeight: "0", height: "1" }],
    ["LAST_HEIGHT_TOO_FAR", { nonce: 0, lastHeight: 1_000_000 }, { lastHeight: "1000000" }],
    ["BALANCE_TOO_LOW", { nonce: 0, body: to(5000n * NEURO) }, { available: String(1000n * NEURO) }],
    ["AMOUNT_TOO_SMALL", { nonce: 0, body: to(0n) }, { amount: "0" }],
    ["MEMO_TOO_LONG", { nonce: 0, body: to(NEURO, "x".repeat(1024)) }, { bytes: "1024" }],
    ["STAKE_TOO_LOW", { nonce: 0, body: { kind: "unstake", amount: NEURO } }, { available: "0" }],
    ["DELEGATE_IS_SELF", { nonce: 0, body: { kind: "delegate", delegate: person("ada").account } }, {}],
    ["DEVICE_UNKNOWN", { nonce: 0, body: { kind: "retireDevice", device: `02${ID}` as never } }, { device: `02${ID}` }],
    ["NEP_UNKNOWN", { nonce: 0, body: { kind: "nepReady", nepId: ID as never } }, { nepId: ID }],
  ];

test.each(cases)("%s comes with its figures", async (code, sent, figures) => {
  const node = await startNode();
  const { status, json } = await send(node, signed(node.chain, { from: "ada", ...sent }));
  expect(json.error).toMatchObject({ code, data: figures });
  expect(status).toBe(httpStatusOf(code as never));
  expect(node.chain.mempool.size).toBe(0);
});

test("BAD_SIGNATURE and MALFORMED: altered bytes", async () => {
  const node = await startNode();
  const bytes = signed(node.chain, { from: "ada", nonce: 0 });
  const altered = bytes.map((byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte));
  expect((await send(node, altered)).json.error.code).toBe("BAD_SIGNATURE");
  expect((await send(node, bytes.subarray(0, 50))).json.error.code).toBe("MALFORMED");
});

test("NONCE_STALE: another transaction with a nonce that was used", async () => {
  const node = await startNode();
  await send(node, signed(node.chain, { from: "ada", nonce: 0 }));
  node.engine.produceBlock();
  const { status, json } = await send(node, signed(node.chain, { from: "ada", nonce: 0, body: to(2n * NEURO) }));
  expect([status, json.error.code]).toEqual([409, "NONCE_STALE"]);
});

test("each code of the chain is the code of HTTP, with the status and the words of the contract", async () => {
  const node = await startNode();
  for (const code of REJECTION_CODES) {
    const answer = { kind: "rejected", transactionId: ID, code, figures: [{ name: "needed", value: "5" }] };
    Object.defineProperty(node.chain, "submit", { value: () => answer, configurable: true });
    const { status, json } = await send(node, Uint8Array.of(1));
    expect([code, status]).toEqual([code, httpStatusOf(code)]);
    expect(json.error).toEqual(describeFault(code, { needed: "5" }));
  }
});
