/** Every code with which the ledger, staking and devices turn something away, by what brings it about. */
import { expect, test } from "vitest";
import { decimal } from "../../src/numbers/decimal.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import { signTransaction } from "../../src/types/signTransaction.ts";
import type { TransactionBody, TransactionContent } from "../../src/types/transaction.ts";
import { deviceOf, registration } from "./devices.ts";
import { lowerReward } from "./documents.ts";
import { signedHeaderOf } from "./signedBlocks.ts";
import { person, rejectionOf, rememberingScheme, TestChain } from "./testChain.ts";

const MOST = (1n << 128n) - 1n;
const OTHER = "ab".repeat(32) as Digest;
const [ada, bea, cyd] = [person("ada"), person("bea"), person("cyd")];

/** Ada has staked 100 for 2 days and 150 for 1 day, 120 of it for a proposal; both have devices. */
function chainAtWork(): TestChain {
  const chain = new TestChain({
    balances: { ada: "1000", bea: "1000" },
    params: { "economics.staking.MAX_STAKE_LOTS": 3, "network.limits.MAX_DEVICES_PER_ACCOUNT": 2 },
  });
  chain.accept(ada, { kind: "stake", amount: decimal("100"), lockDays: 2 });
  chain.accept(ada, { kind: "stake", amount: decimal("150"), lockDays: 1 });
  chain.accept(ada, registration(chain, ada, { device: 1, isValidator: false }));
  chain.accept(ada, { kind: "delegate", delegate: bea.account });
  return chain;
}

interface Case {
  readonly why: string;
  readonly code: string;
  readonly body: TransactionBody | ((chain: TestChain) => TransactionBody);
  readonly wrong?: Partial<TransactionContent>;
}

const transfer = (amount: bigint, memo = ""): TransactionBody => ({
  kind: "transfer",
  recipient: bea.account,
  amount,
  memo,
});
const stake = (amount: bigint, lockDays = 1): TransactionBody => ({ kind: "stake", amount, lockDays });
const device =
  (number: number, isValidator = false) =>
  (chain: TestChain) =>
    registration(chain, ada, { device: number, isValidator });
const withFacts = (facts: object) => (chain: TestChain) => {
  const body = registration(chain, ada, { device: 1, isValidator: false });
  return { ...body, facts: { ...body.facts, ...facts } };
};

const CASES: readonly Case[] = [
  { why: "another network", code: "WRONG_NETWORK", body: transfer(1n), wrong: { networkId: OTHER } },
  { why: "a nonce used before", code: "NONCE_STALE", body: transfer(1n), wrong: { nonce: 0 } },
  { why: "a nonce ahead", code: "NONCE_FUTURE", body: transfer(1n), wrong: { nonce: 5 } },
  { why: "the last nonce there is", code: "NONCE_FUTURE", body: transfer(1n), wrong: { nonce: 2 ** 53 - 1 } },
  { why: "a last height in the past", code: "TRANSACTION_EXPIRED", body: transfer(1n), wrong: { lastHeight: 3 } },
  { why: "a last height too far ahead", code: "LAST_HEIGHT_TOO_FAR", body: transfer(1n), wrong: { lastHeight: 999 } },
  { why: "no amount", code: "AMOUNT_TOO_SMALL", body: transfer(0n) },
  { why: "dust", code: "AMOUNT_TOO_SMALL", body: transfer(decimal("0.000001") - 1n) },
  { why: "the burned part not covered", code: "BALANCE_TOO_LOW", body: transfer(decimal("750")) },
  { why: "2^128 - 1", code: "BALANCE_TOO_LOW", body: transfer(MOST) },
  { why: "257 bytes of memo", code: "MEMO_TOO_LONG", body: transfer(decimal("1"), "m".repeat(257)) },
  { why: "129 two-byte letters of memo", code: "MEMO_TOO_LONG", body: transfer(decimal("1"), "é".repeat(129)) },
  { why: "burning nothing", code: "AMOUNT_TOO_SMALL", body: { kind: "burn", amount: 0n } },
  { why: "burning more than there is", code: "BALANCE_TOO_LOW", body: { kind: "burn", amount: MOST } },
  { why: "less than the least stake", code: "AMOUNT_TOO_SMALL", body: stake(decimal("1") - 1n) },
  { why: "more than the most stake", code: "AMOUNT_TOO_LARGE", body: stake(decimal("10000000")) },
  { why: "a stake of 2^128 - 1", code: "AMOUNT_TOO_LARGE", body: stake(MOST) },
  { why: "a stake that is not there", code: "BALANCE_TOO_LOW", body: stake(decimal("751")) },
  { why: "no lock", code: "LOCK_OUT_OF_RANGE", body: stake(decimal("1"), 0) },
  { why: "a lock beyond a year", code: "LOCK_OUT_OF_RANGE", body: stake(decimal("1"), 366) },
  { why: "a lock of 2^16 - 1 days", code: "LOCK_OUT_OF_RANGE", body: stake(decimal("1"), 65_535) },
  { why: "unstaking nothing", code: "AMOUNT_TOO_SMALL", body: { kind: "unstake", amount: 0n } },
  { why: "unstaking what is locked", code: "STAKE_LOCKED", body: { kind: "unstake", amount: decimal("200") } },
  { why: "unstaking more than is staked", code: "STAKE_TOO_LOW", body: { kind: "unstake", amount: decimal("251") } },
  { why: "unstaking 2^128 - 1", code: "STAKE_TOO_LOW", body: { kind: "unstake", amount: MOST } },
  { why: "oneself as delegate", code: "DELEGATE_IS_SELF", body: { kind: "delegate", delegate: ada.account } },
  { why: "the same delegate again", code: "DELEGATE_UNCHANGED", body: { kind: "delegate", delegate: bea.account } },
  { why: "an unknown device", code: "DEVICE_UNKNOWN", body: retire(9) },
  { why: "no role", code: "DEVICE_ROLES", body: withFacts({ roles: [] }) },
  { why: "a role twice", code: "DEVICE_ROLES", body: withFacts({ roles: ["trainer", "trainer"] }) },
  {
    why: "a validator of little memory",
    code: "DEVICE_ROLES",
    body: withFacts({ roles: ["validator"], memoryMb: 1999 }),
  },
  { why: "evidence against oneself", code: "EVIDENCE_INVALID", body: evidence("ada") },
];

function retire(number: number) {
  return (chain: TestChain): TransactionBody => ({ kind: "retireDevice", device: device(number)(chain).device });
}

function evidence(name: string) {
  return ({ networkId }: TestChain): TransactionBody => {
    const [first, second] = [1, 2].map((timeMs) => signedHeaderOf(person(name), { networkId, timeMs }));
    return { kind: "evidence", contradiction: { kind: "headers", first: first!, second: second! } };
  };
}

test.each(CASES)("$code: $why", ({ code, body, wrong }) => {
  const chain = chainAtWork();
  const rejection = chain.refuse(ada, typeof body === "function" ? body(chain) : body, wrong);
  expect(rejection.code).toBe(code);
  // Every code comes with the figures that explain it.
  expect(Object.keys(rejection).length).toBeGreaterThan(1);
});

test("TOO_MANY_LOTS: a fourth lot of stake, or of stake on its way out, where three are allowed", () => {
  const chain = chainAtWork();
  chain.accept(ada, stake(decimal("1"), 30));
  expect(chain.refuse(ada, stake(decimal("1"), 40))).toMatchObject({ code: "TOO_MANY_LOTS", most: "3" });
  chain.advanceTo(20);
  for (let lot = 0; lot < 3; lot++) chain.accept(ada, { kind: "unstake", amount: 1n });
  expect(chain.refuse(ada, { kind: "unstake", amount: 1n })).toMatchObject({ code: "TOO_MANY_LOTS", most: "3" });
});

test("STAKE_TOO_LOW: stake that a proposal holds as its deposit", () => {
  const chain = chainAtWork();
  chain.advanceTo(20);
  chain.accept(ada, { kind: "nepSubmit", document: lowerReward() });
  const rejection = chain.refuse(ada, { kind: "unstake", amount: decimal("151") });
  expect(rejection).toMatchObject({
    code: "STAKE_TOO_LOW",
    available: String(decimal("250")),
    needed: String(decimal("251")),
  });
  chain.accept(ada, { kind: "unstake", amount: decimal("150") });
});

test("DEVICE_KNOWN, DEVICE_NOT_YOURS: the device of another account", () => {
  const chain = chainAtWork();
  const body = registration(chain, ada, { device: 1, isValidator: false });
  expect(chain.refuse(bea, body).code).toBe("DEVICE_KNOWN");
  expect(chain.refuse(bea, { kind: "retireDevice", device: body.device }).code).toBe("DEVICE_NOT_YOURS");
});

test("BAD_SIGNATURE: a device that accepted another account, another network, or nobody", () => {
  const chain = chainAtWork();
  const stolen = registration(chain, bea, { device: 7, isValidator: false });
  expect(chain.refuse(ada, stolen).code).toBe("BAD_SIGNATURE");
  const elsewhere = new TestChain({ balances: { ada: "1" } });
  expect(chain.refuse(ada, registration(elsewhere, ada, { device: 7, isValidator: false })).code).toBe("BAD_SIGNATURE");
  const unsigned = { ...stolen, deviceSignature: new Uint8Array(64) };
  expect(chain.refuse(ada, unsigned).code).toBe("BAD_SIGNATURE");
});

test("TOO_MANY_DEVICES: a third device where two are allowed; retiring one makes room", () => {
  const chain = chainAtWork();
  chain.accept(ada, device(2)(chain));
  expect(chain.refuse(ada, device(3)(chain))).toMatchObject({ code: "TOO_MANY_DEVICES", most: "2" });
  chain.accept(ada, device(2)(chain));
  chain.accept(ada, retire(1)(chain));
  chain.accept(ada, device(3)(chain));
});

test("VALIDATOR_STAKE_TOO_LOW: the third validator needs 100 NEURO, the eleventh 250, the first two nothing", () => {
  const names = Array.from({ length: 11 }, (_, index) => `validator ${index}`);
  const chain = new TestChain({ balances: Object.fromEntries(names.map((name) => [name, "400"])) });
  for (const [index, name] of names.entries()) {
    const who = person(name);
    const body = registration(chain, who, { device: 0, isValidator: true });
    const needed = index < 2 ? "0" : index < 10 ? "100" : "250";
    if (needed !== "0") {
      chain.accept(who, stake(decimal(needed) - decimal("1")));
      const rejection = chain.refuse(who, body);
      expect(rejection).toMatchObject({ code: "VALIDATOR_STAKE_TOO_LOW", validators: String(index + 1) });
      expect(rejection.needed).toBe(String(decimal(needed)));
      chain.accept(who, stake(decimal("1")));
    }
    chain.accept(who, body);
  }
  expect(chain.state.cells.validatorCount).toEqual({ count: 11 });
});

test("MALFORMED: a transaction cut short, with more at its end, or above the size that the parameters allow", () => {
  const chain = new TestChain({
    balances: { ada: "10" },
    params: { "network.limits.MAX_TRANSACTION_BYTES": 300_000, "governance.registry.MAX_NEP_BYTES": 200_000 },
  });
  const bytes = chain.signed({ from: ada, body: transfer(decimal("1")) });
  const before = chain.state;
  const bad = [bytes.subarray(1), bytes.subarray(0, -1), Uint8Array.of(...bytes, 0), new Uint8Array(0)];
  const receipts = chain.block(...bad, new Uint8Array(300_001));
  for (const receipt of receipts) expect(rejectionOf(receipt).code).toBe("MALFORMED");
  expect(rejectionOf(receipts[4]!).reason).toBe("has 300001 bytes, at most 300000 are allowed");
  expect(chain.state.tables.accounts.root()).toEqual(before.tables.accounts.root());
});

test("a transaction with any one bit altered is not accepted, wherever the bit is", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  const bytes = chain.signed({ from: ada, body: transfer(decimal("1"), "hello") });
  const altered = Array.from({ length: 8 * bytes.length }, (_, bit) =>
    bytes.with(bit >> 3, bytes[bit >> 3]! ^ (1 << (bit & 7))),
  );
  const receipts = chain.block(...altered);
  const codes = new Set(receipts.map((receipt) => rejectionOf(receipt).code));
  expect(codes).toEqual(
    new Set(["MALFORMED", "WRONG_NETWORK", "BAD_SIGNATURE", "NONCE_FUTURE", "LAST_HEIGHT_TOO_FAR"]),
  );
  expect(chain.balance(ada)).toBe(decimal("10"));
  expect(rejectionOf(chain.block(bytes, bytes)[1]!).code).toBe("NONCE_STALE");
});

test("the sender's key must have signed, not another's", () => {
  const chain = new TestChain({ balances: { ada: "10", bea: "10" } });
  const content = { networkId: chain.networkId, nonce: 0, lastHeight: 50, body: transfer(decimal("1")) };
  const forged = signTransaction(content, { ...ada.key, privateKey: bea.key.privateKey }, rememberingScheme);
  expect(rejectionOf(chain.block(forged.bytes)[0]!)).toMatchObject({ code: "BAD_SIGNATURE", account: ada.account });
});

test("a key that is no point of the curve signs nothing", () => {
  const chain = new TestChain({ balances: { ada: "10" } });
  for (const publicKey of [new Uint8Array(33), ada.key.publicKey.with(0, 4), new Uint8Array(33).fill(255)]) {
    const wrong = signTransaction(
      { networkId: chain.networkId, nonce: 0, lastHeight: 50, body: transfer(decimal("1")) },
      { ...ada.key, publicKey },
      rememberingScheme,
    );
    expect(rejectionOf(chain.block(wrong.bytes)[0]!).code).toBe("BAD_SIGNATURE");
  }
});

test("a rejection is free: the flat fee is paid by what is accepted only", () => {
  const fee = decimal("0.5");
  const chain = new TestChain({ balances: { ada: "10", cyd: "0" }, params: { "economics.fees.BURN_FEE": fee } });
  expect(chain.refuse(ada, { kind: "burn", amount: decimal("9.6") }).code).toBe("BALANCE_TOO_LOW");
  chain.accept(ada, { kind: "burn", amount: decimal("9") });
  expect(chain.balance(ada)).toBe(decimal("0.5"));
  expect(chain.state.cells.supply).toMatchObject({ treasury: fee, burned: decimal("9") });
  expect(chain.refuse(cyd, { kind: "burn", amount: 1n })).toMatchObject({
    code: "BALANCE_TOO_LOW",
    needed: String(fee),
  });
});

test("a device's key is no account's key: what it signs as a device is no transaction", () => {
  const chain = chainAtWork();
  const content = { networkId: chain.networkId, nonce: chain.nonce(ada), lastHeight: 50, body: transfer(decimal("1")) };
  const forged = signTransaction(
    content,
    { ...ada.key, privateKey: deviceOf(ada, 1).key.privateKey },
    rememberingScheme,
  );
  expect(rejectionOf(chain.block(forged.bytes)[0]!).code).toBe("BAD_SIGNATURE");
});
