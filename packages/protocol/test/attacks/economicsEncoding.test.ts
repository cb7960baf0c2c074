/** Attacks on numbers, bytes and signatures. Names cite the list of the ancestor's faults. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect, test } from "vitest";
import { encode, parseJson } from "../../src/codec/codec.ts";
import { taggedHash } from "../../src/crypto/hash.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { ballotHash } from "../../src/types/ballot.ts";
import { headerHash } from "../../src/types/header.ts";
import { amount, type Digest } from "../../src/types/identifiers.ts";
import { signTransaction } from "../../src/types/signTransaction.ts";
import {
  decodeTransaction,
  deviceAcceptanceHash,
  type Transaction,
  type TransactionBody,
  transaction,
  transactionContent,
} from "../../src/types/transaction.ts";
import { deviceOf, registration } from "../chain/devices.ts";
import { signedHeaderOf } from "../chain/signedBlocks.ts";
import { person, rejectionOf, rememberingScheme, TestChain } from "../chain/testChain.ts";

const [ada, bea] = [person("ada"), person("bea")];
const pay = (neuro: string, memo = ""): TransactionBody => ({
  kind: "transfer",
  recipient: bea.account,
  amount: decimal(neuro),
  memo,
});

function decoded(bytes: Uint8Array): Transaction {
  const read = decodeTransaction(bytes);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

/** r and n - s: as valid for the curve as r and s. */
function otherHalf(signature: Uint8Array): Uint8Array {
  const { r, s } = secp256k1.Signature.fromBytes(signature, "compact");
  return new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes("compact");
}

test("W35: what is not a number is in no field, neither in bytes nor in JSON", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const json = transaction.toJson(decoded(chain.signed({ from: ada, body: pay("1") }))) as {
    content: { nonce: unknown; body: { amount: unknown } };
  };
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, "NaN", "Infinity", null, "1e3", 1.5, "0x10", {}, []]) {
    const { content } = json;
    expect(parseJson(transaction, { ...json, content: { ...content, nonce: bad } }).ok).toBe(false);
    const body = { ...content.body, amount: bad };
    expect(parseJson(transaction, { ...json, content: { ...content, body } }).ok).toBe(false);
  }
  expect(parseJson(transaction, json).ok).toBe(true);
});

test("W36: there are no negative amounts and counts: no bytes and no JSON for them", () => {
  for (const bad of ["-5", "-0", -5]) expect(parseJson(amount, bad).ok).toBe(false);
  expect(() => encode(amount, -5n)).toThrow("from 0");
  const chain = new TestChain({ balances: { ada: "10", bea: "10" } });
  // The bits that would be -1 in two's complement are the largest amount there is, and nobody has it.
  const rejection = chain.refuse(ada, {
    kind: "transfer",
    recipient: bea.account,
    amount: (1n << 128n) - 1n,
    memo: "",
  });
  expect(rejection.code).toBe("BALANCE_TOO_LOW");
});

test("W37: the other half of a signature is no second transfer, nor a first one", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const bytes = chain.signed({ from: ada, body: pay("1") });
  const { content, signature } = decoded(bytes);
  const twin = encode(transaction, { content, signature: otherHalf(signature) });
  expect(rejectionOf(chain.block(twin)[0]!).code).toBe("BAD_SIGNATURE");
  const [first, second, third] = chain.block(bytes, twin, bytes);
  expect(first!.outcome.kind).toBe("accepted");
  for (const receipt of [second!, third!]) expect(rejectionOf(receipt).code).toBe("NONCE_STALE");
  expect(chain.balance(bea)).toBe(decimal("1"));
});

test("W37: the id of a transaction does not depend on its signature, so no relay can give it another", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const bytes = chain.signed({ from: ada, body: pay("1") });
  const { content, signature } = decoded(bytes);
  const twin = encode(transaction, { content, signature: otherHalf(signature) });
  const [one, other] = chain.block(bytes, twin);
  expect(other!.transactionId).toBe(one!.transactionId);
});

test("W37: the same transaction in capitals is another text and no transaction", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const json = transaction.toJson(decoded(chain.signed({ from: ada, body: pay("1") }))) as { signature: string };
  expect(parseJson(transaction, { ...json, signature: json.signature.toUpperCase() }).ok).toBe(false);
});

test("W38: every field is under the signature: flipped by a relay, the transaction is nobody's", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const body = registration(chain, ada, { device: 0, isValidator: false });
  const { content, signature } = decoded(chain.signed({ from: ada, body }));
  const facts = [
    { roles: ["trainer", "validator"] as const },
    { memoryMb: 9000 },
    { speed: 1 },
    { numericClass: "22".repeat(32) as Digest },
    { softwareVersion: "9.9.9" },
    { features: ["mtp"] },
  ];
  for (const flipped of facts) {
    const changed = { ...content, body: { ...body, facts: { ...body.facts, ...flipped } } };
    const receipt = chain.block(encode(transaction, { content: changed, signature }))[0]!;
    expect(rejectionOf(receipt).code).toBe("BAD_SIGNATURE");
  }
});

test("W39: fields cannot run into each other: a memo that looks like the rest of a transaction is a memo", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const contentOf = (body: TransactionBody) =>
    encode(transactionContent, {
      networkId: chain.networkId,
      publicKey: ada.key.publicKey,
      nonce: 0,
      lastHeight: 50,
      body,
    });
  const memos = ["", ":", "a:b", "a", "a:", "1:50", "\u0000", " "];
  const written = memos.map((memo) => Buffer.from(contentOf(pay("1", memo))).toString("hex"));
  expect(new Set(written).size).toBe(memos.length);
});

test("W39: a signature made for one purpose is none for another: transaction, block, ballot, device", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const { networkId } = chain;
  const content = { networkId, publicKey: ada.key.publicKey, nonce: 0, lastHeight: 50, body: pay("1") };
  const bytes = encode(transactionContent, content);
  const hashes = (["tx", "block", "ballot", "device", "nep", "genesis"] as const).map((purpose) =>
    Buffer.from(taggedHash(purpose, bytes)).toString("hex"),
  );
  expect(new Set(hashes).size).toBe(hashes.length);
  const { header } = signedHeaderOf(ada, { networkId });
  const split = { yes: 10_000, no: 0, abstain: 0, veto: 0 };
  const ballot = { networkId, nepId: networkId, publicKey: ada.key.publicKey, sequence: 0, split };
  for (const hash of [headerHash(header), ballotHash(ballot), deviceAcceptanceHash(networkId, ada.account)]) {
    const signature = rememberingScheme.sign(hash, ada.key.privateKey);
    expect(rejectionOf(chain.block(encode(transaction, { content, signature }))[0]!).code).toBe("BAD_SIGNATURE");
  }
});

test("W39: a transaction of one network is none of another with the same accounts", () => {
  const [here, there] = ["1000", "1001"].map((neuro) => new TestChain({ balances: { ada: neuro } })) as [
    TestChain,
    TestChain,
  ];
  expect(rejectionOf(there.block(here.signed({ from: ada, body: pay("1") }))[0]!).code).toBe("WRONG_NETWORK");
});

test("W40: an amount of one base unit in 10^25 is counted exactly, where a double would drop it", () => {
  const chain = new TestChain({ balances: { ada: "10000000" }, params: { "economics.constants.FEE_BURN_RATE": 0n } });
  const odd = decimal("9000000") + 1n;
  chain.accept(ada, { kind: "transfer", recipient: bea.account, amount: odd, memo: "" });
  expect([chain.balance(bea), chain.balance(ada)]).toEqual([odd, decimal("1000000") - 1n]);
  expect(Number(odd)).toBe(Number(odd - 1n));
});

test("W40: the burned part of a transfer is rounded up, so splitting one into many saves nothing", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const amounts = [decimal("0.000001"), decimal("0.000001") + 1n, decimal("0.123456789123456789")];
  for (const each of amounts) {
    const { burned } = chain.state.cells.supply;
    chain.accept(ada, { kind: "transfer", recipient: bea.account, amount: each, memo: "" });
    const fee = chain.state.cells.supply.burned - burned;
    expect(fee * 20n >= each && (fee - 1n) * 20n < each).toBe(true);
  }
});

test("W41: stake of 0.001 NEURO, or for no day, is refused; a lock of minus five days cannot be written", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  expect(chain.refuse(ada, { kind: "stake", amount: decimal("0.001"), lockDays: 1 }).code).toBe("AMOUNT_TOO_SMALL");
  expect(chain.refuse(ada, { kind: "stake", amount: decimal("2"), lockDays: 0 }).code).toBe("LOCK_OUT_OF_RANGE");
  const backwards = { kind: "stake", amount: decimal("2"), lockDays: -5 } as const;
  expect(() => chain.signed({ from: ada, body: backwards })).toThrow("whole number");
});

test("W41: whoever unstakes with nothing left beside his stake gets all of it", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  chain.accept(ada, { kind: "stake", amount: decimal("10"), lockDays: 1 });
  expect(chain.balance(ada)).toBe(0n);
  chain.advanceTo(5);
  chain.accept(ada, { kind: "unstake", amount: decimal("10") });
  chain.advanceTo(40);
  chain.accept(ada, { kind: "transfer", recipient: bea.account, amount: decimal("9"), memo: "" });
  expect(chain.balance(ada)).toBe(decimal("0.55"));
});

test("W42: the recipient of a transfer is no typing error: an address with a slip is no address", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  type Json = { content: { body: { recipient: string } } };
  const json = transaction.toJson(decoded(chain.signed({ from: ada, body: pay("1") }))) as Json;
  const { recipient } = json.content.body;
  for (let place = 6; place < recipient.length; place++) {
    const slip = recipient.slice(0, place) + (recipient[place] === "q" ? "p" : "q") + recipient.slice(place + 1);
    const content = { ...json.content, body: { ...json.content.body, recipient: slip } };
    expect(parseJson(transaction, { ...json, content }).ok).toBe(false);
  }
});

test("6.3.12: a device's key cannot be claimed with its own signature turned over", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const body = registration(chain, ada, { device: 0, isValidator: false });
  const twin = { ...body, deviceSignature: otherHalf(body.deviceSignature) };
  expect(chain.refuse(ada, twin).code).toBe("BAD_SIGNATURE");
  const content = { networkId: chain.networkId, nonce: 0, lastHeight: 50, body: pay("1") };
  const forged = signTransaction(content, deviceOf(ada, 0).key, rememberingScheme);
  expect(rejectionOf(chain.block(forged.bytes)[0]!)).toMatchObject({ code: "BALANCE_TOO_LOW", available: "0" });
});
