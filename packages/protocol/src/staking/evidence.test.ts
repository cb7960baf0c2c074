/** Contradictions, and what they cost: never more than the stake, once, and only whoever signed both. */
import { expect, test } from "vitest";
import { registration } from "../../test/chain/devices.ts";
import { signedBallotOf } from "../../test/chain/randomTransactions.ts";
import { signedHeaderOf } from "../../test/chain/signedBlocks.ts";
import { type Person, person, TestChain } from "../../test/chain/testChain.ts";
import { decimal } from "../numbers/decimal.ts";
import type { SignedBallot } from "../types/ballot.ts";
import type { SignedHeader } from "../types/header.ts";
import type { Digest } from "../types/identifiers.ts";
import type { TransactionBody } from "../types/transaction.ts";

const [ada, bea, cyd] = [person("ada"), person("bea"), person("cyd")];
const [NEP, OTHER] = ["11".repeat(32), "22".repeat(32)] as Digest[] as [Digest, Digest];
const YES = { yes: 10_000, no: 0, abstain: 0, veto: 0 };
const NO = { yes: 0, no: 10_000, abstain: 0, veto: 0 };

function chainWithStake(stake: string): TestChain {
  const chain = new TestChain({ balances: { ada: "100", bea: "5", cyd: "5" } });
  chain.accept(ada, { kind: "stake", amount: decimal(stake), lockDays: 1 });
  return chain;
}

const ballots = (first: SignedBallot, second: SignedBallot): TransactionBody => ({
  kind: "evidence",
  contradiction: { kind: "ballots", first, second },
});
const headers = (first: SignedHeader, second: SignedHeader): TransactionBody => ({
  kind: "evidence",
  contradiction: { kind: "headers", first, second },
});

function twoBallots({ networkId }: TestChain, who: Person, sequence = 3): TransactionBody {
  const choice = { networkId, nepId: NEP, sequence };
  return ballots(signedBallotOf(who, { ...choice, split: YES }), signedBallotOf(who, { ...choice, split: NO }));
}

function twoHeaders({ networkId }: TestChain, who: Person, height = 7): TransactionBody {
  return headers(
    signedHeaderOf(who, { networkId, height, timeMs: 1 }),
    signedHeaderOf(who, { networkId, height, timeMs: 2 }),
  );
}

function bonded(chain: TestChain, who: Person): bigint {
  return (chain.entry("stakes", who.account)?.lots ?? []).reduce((sum, { amount }) => sum + amount, 0n);
}

test("two ballots with one sequence cost 10 NEURO: half for the reporter, half burned", () => {
  const chain = chainWithStake("50");
  const receipt = chain.accept(bea, twoBallots(chain, ada));
  const [amount, burned, rewarded] = [decimal("10"), decimal("5"), decimal("5")];
  const slashed = { kind: "slashed", account: ada.account, amount, burned, reporter: bea.account, rewarded };
  expect(receipt.outcome).toMatchObject({ events: [slashed] });
  expect(bonded(chain, ada)).toBe(decimal("40"));
  expect(chain.balance(bea)).toBe(decimal("10"));
  expect(chain.state.cells.supply.burned).toBe(decimal("5"));
});

test("two headers of one height cost 20 NEURO, all of it burned, even when the signer has retired since", () => {
  const chain = chainWithStake("50");
  const device = registration(chain, ada, { device: 0, isValidator: true });
  chain.accept(ada, device);
  chain.accept(bea, twoHeaders(chain, ada, 7));
  chain.accept(ada, { kind: "retireDevice", device: device.device });
  chain.accept(bea, twoHeaders(chain, ada, 8));
  expect(bonded(chain, ada)).toBe(decimal("10"));
  expect(chain.balance(bea)).toBe(decimal("5"));
  expect(chain.state.cells.supply.burned).toBe(decimal("40"));
});

test("nobody loses more than his stake; what is spendable is not touched", () => {
  const chain = chainWithStake("4");
  chain.accept(bea, twoBallots(chain, ada));
  expect(chain.balance(ada)).toBe(decimal("96"));
  expect(chain.balance(bea)).toBe(decimal("7"));
  expect(chain.entry("stakes", ada.account)).toBe(undefined);
  const receipt = chain.accept(bea, twoBallots(chain, ada, 4));
  expect(receipt.outcome).toMatchObject({ events: [{ kind: "slashed", amount: 0n, burned: 0n, rewarded: 0n }] });
});

test("stake on its way out can be slashed until the block in which it becomes spendable", () => {
  const unbonding = 28;
  for (const [wait, taken] of [
    [unbonding - 1, "10"],
    [unbonding, "0"],
  ] as const) {
    const chain = chainWithStake("50");
    chain.advanceTo(10);
    chain.accept(ada, { kind: "unstake", amount: decimal("50") });
    chain.advanceTo(chain.height + wait - 1);
    const receipt = chain.accept(bea, twoBallots(chain, ada));
    expect(receipt.outcome).toMatchObject({ events: [{ kind: "slashed", amount: decimal(taken) }] });
    chain.advanceTo(60);
    chain.accept(ada, { kind: "burn", amount: 1n });
    expect(chain.balance(ada)).toBe(decimal("100") - decimal(taken) - 1n);
  }
});

test("what is bonded goes first, then what is on its way out", () => {
  const chain = chainWithStake("12");
  chain.advanceTo(10);
  chain.accept(ada, { kind: "unstake", amount: decimal("8") });
  chain.accept(bea, twoBallots(chain, ada));
  const stakes = chain.entry("stakes", ada.account)!;
  expect(stakes.lots).toEqual([]);
  expect(stakes.unbonding).toMatchObject([{ amount: decimal("2") }]);
});

test("a slash takes the voting power of what it takes, also from the delegate", () => {
  const chain = chainWithStake("50");
  chain.accept(ada, { kind: "delegate", delegate: cyd.account });
  chain.accept(bea, twoBallots(chain, ada));
  expect(chain.entry("power", ada.account)?.checkpoints.at(-1)).toMatchObject({ own: decimal("40") });
  expect(chain.entry("power", cyd.account)?.checkpoints.at(-1)).toMatchObject({ received: decimal("40") });
  expect(chain.state.cells.totalPower.checkpoints.at(-1)).toMatchObject({ total: decimal("40") });
});

test("the same fault is punished once, whoever reports it, in whatever order and words", () => {
  const chain = chainWithStake("50");
  chain.accept(bea, twoBallots(chain, ada));
  const { networkId } = chain;
  const choice = { networkId, nepId: NEP, sequence: 3 };
  const third = signedBallotOf(ada, { ...choice, split: { yes: 0, no: 0, abstain: 10_000, veto: 0 } });
  const no = signedBallotOf(ada, { ...choice, split: NO });
  const yes = signedBallotOf(ada, { ...choice, split: YES });
  for (const again of [twoBallots(chain, ada), ballots(no, yes), ballots(no, third)]) {
    expect(chain.refuse(cyd, again)).toMatchObject({ code: "EVIDENCE_KNOWN", height: "2" });
  }
  chain.accept(cyd, twoBallots(chain, ada, 4));
  chain.accept(cyd, twoHeaders(chain, ada, 7));
  expect(chain.refuse(cyd, twoHeaders(chain, ada, 7)).code).toBe("EVIDENCE_KNOWN");
});

test("statements that are no contradiction, or not signed by the accused, are no evidence", () => {
  const chain = chainWithStake("50");
  const { networkId } = chain;
  const choice = { networkId, nepId: NEP, sequence: 3, split: YES };
  const yes = signedBallotOf(ada, choice);
  const no = signedBallotOf(ada, { ...choice, split: NO });
  const header = signedHeaderOf(ada, { networkId, height: 7 });
  const late = signedHeaderOf(ada, { networkId, height: 7, timeMs: 5 });
  const forged = { ...no, signature: signedBallotOf(bea, { ...choice, split: NO }).signature };
  const bad: readonly (readonly [TransactionBody, string])[] = [
    [ballots(yes, yes), "the ballots are the same"],
    [ballots(yes, signedBallotOf(ada, { ...choice, split: NO, sequence: 4 })), "do not exclude"],
    [ballots(yes, signedBallotOf(ada, { ...choice, split: NO, nepId: OTHER })), "do not exclude"],
    [ballots(yes, signedBallotOf(bea, { ...choice, split: NO })), "two voters"],
    [ballots(yes, signedBallotOf(ada, { ...choice, split: NO, networkId: OTHER })), "another network"],
    [ballots(yes, forged), "not signed by its voter"],
    [ballots(forged, yes), "not signed by its voter"],
    [ballots(yes, { ...no, signature: yes.signature }), "not signed by its voter"],
    [headers(header, header), "the headers are the same"],
    [headers(header, signedHeaderOf(ada, { networkId, height: 8 })), "two heights"],
    [headers(header, signedHeaderOf(bea, { networkId, height: 7, timeMs: 5 })), "two proposers"],
    [headers(header, signedHeaderOf(ada, { networkId: OTHER, height: 7 })), "another network"],
    [headers(header, { ...late, signature: header.signature }), "not signed by its proposer"],
    [headers({ ...header, signature: new Uint8Array(64) }, late), "not signed by its proposer"],
  ];
  for (const [body, reason] of bad) {
    const rejection = chain.refuse(cyd, body);
    expect(rejection).toMatchObject({ code: "EVIDENCE_INVALID", reason: expect.stringContaining(reason) });
  }
  expect(bonded(chain, ada)).toBe(decimal("50"));
});

test("nobody reports himself, with his own key or to save half of it", () => {
  const chain = chainWithStake("50");
  expect(chain.refuse(ada, twoBallots(chain, ada)).code).toBe("EVIDENCE_INVALID");
});

test("a validator who falls below his tier by a slash stops validating, unless too few would be left", () => {
  const names = ["v0", "v1", "v2", "v3"];
  const chain = new TestChain({ balances: { bea: "5", ...Object.fromEntries(names.map((name) => [name, "100"])) } });
  for (const who of names.map(person)) {
    chain.accept(who, { kind: "stake", amount: decimal("100"), lockDays: 1 });
    chain.accept(who, registration(chain, who, { device: 0, isValidator: true }));
  }
  for (const who of names.map(person)) chain.accept(bea, twoBallots(chain, who));
  expect(chain.state.cells.validatorCount).toEqual({ count: 2 });
  expect(names.map((name) => chain.entry("validators", person(name).account) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
