/** Fee, deposit and reward of a proposal, to the base unit. Every block is audited for conservation. spec/governance.md#G7 */
import { expect, test } from "vitest";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import type { ParamOverrides } from "../../src/params/genesisValues.ts";
import { emergency, lowerReward } from "../chain/documents.ts";
import { type Person, person } from "../chain/testChain.ts";
import { CASH, NO, Parliament, VETO, YES } from "./parliament.ts";

const [ada, bob, cy] = [person("ada"), person("bob"), person("cy")];
const FEE = decimal("10");
const DEPOSIT = decimal("100");

/** Flat fees are the only income that the treasury has here: one NEURO for each stake. */
const TREASURY: ParamOverrides = { "economics.fees.STAKE_FEE": ONE };

const deposits = (chain: Parliament, who: Person) => chain.entry("stakes", who.account)?.deposits ?? 0n;

function voted(
  stakes: Readonly<Record<string, string>>,
  ballots: Parameters<Parliament["vote"]>[1],
  params: ParamOverrides = {},
) {
  const chain = new Parliament({ stakes, params });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, ballots);
  chain.advanceTo(chain.record(nepId).votingEndsAt);
  const before = { ada: chain.balance(ada), supply: chain.state.cells.supply };
  const events = chain.close(nepId);
  return { chain, nepId, before, events };
}

test("a submission moves the fee into escrow and holds the deposit in the author's stake", () => {
  const chain = new Parliament({ stakes: { ada: "150", bob: "50" } });
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.balance(ada)).toBe(CASH - FEE);
  expect(chain.entry("escrows", nepId)).toEqual({ owner: ada.account, amount: FEE, purpose: "nepFee" });
  expect(chain.state.cells.supply.escrowed).toBe(FEE);
  expect(deposits(chain, ada)).toBe(DEPOSIT);
  expect(chain.state.cells.supply.bonded).toBe(200n * ONE);
});

test("what is held cannot be unstaked, the rest can, and all of it again when the vote is over", () => {
  const chain = new Parliament({ stakes: { ada: "150", bob: "50" }, lockDays: 1 });
  const nepId = chain.submit(ada, lowerReward());
  chain.advanceTo(chain.height + 4);
  expect(chain.refuse(ada, { kind: "unstake", amount: 50n * ONE + 1n })).toMatchObject({ code: "STAKE_TOO_LOW" });
  chain.accept(ada, { kind: "unstake", amount: 50n * ONE });
  chain.close(nepId);
  chain.accept(ada, { kind: "unstake", amount: 100n * ONE });
});

test("without fee or deposit there is no proposal, and each one needs its own", () => {
  const chain = new Parliament({ stakes: { ada: "199.999999999999999999", bob: "99.999999999999999999" } });
  expect(chain.refuse(bob, { kind: "nepSubmit", document: lowerReward() })).toMatchObject({ code: "STAKE_TOO_LOW" });
  chain.submit(ada, lowerReward());
  expect(chain.refuse(ada, { kind: "nepSubmit", document: lowerReward({ title: "Second" }) })).toMatchObject({
    code: "STAKE_TOO_LOW",
    available: "99999999999999999999",
  });
  const poor = new Parliament({ stakes: { ada: "500" } });
  poor.accept(ada, { kind: "burn", amount: CASH - FEE + 1n });
  expect(poor.refuse(ada, { kind: "nepSubmit", document: lowerReward() })).toMatchObject({ code: "BALANCE_TOO_LOW" });
});

test("a network without fee and deposit takes proposals from accounts without stake", () => {
  const params = { "governance.registry.MIN_STAKE_TO_PROPOSE": 0n, "governance.registry.PROPOSAL_FEE": 0n };
  const chain = new Parliament({ stakes: { ada: "0", bob: "500" }, params });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, { bob: VETO });
  chain.close(nepId);
  expect(chain.reason(nepId).code).toBe("VETOED");
});

test("approved: fee back, deposit free, no reward from an empty treasury", () => {
  const { chain, nepId, before, events } = voted({ ada: "500", bob: "500" }, { ada: YES, bob: YES });
  expect(chain.balance(ada)).toBe(before.ada + FEE);
  expect(deposits(chain, ada)).toBe(0n);
  expect(events.map(({ kind }) => kind)).toEqual(["nepStatus", "escrowReturned"]);
  expect(events[1]).toEqual({ kind: "escrowReturned", nepId, account: ada.account, amount: FEE });
  expect(chain.state.cells.supply).toMatchObject({ minted: 0n, burned: before.supply.burned });
});

test("an honest rejection returns the fee", () => {
  const { chain, before } = voted({ ada: "500", bob: "500" }, { ada: YES, bob: NO });
  expect(chain.balance(ada)).toBe(before.ada + FEE);
  expect(deposits(chain, ada)).toBe(0n);
});

test("no quorum burns the fee and frees the deposit", () => {
  const { chain, nepId, before, events } = voted({ ada: "150", bob: "850" }, { ada: YES });
  expect(chain.balance(ada)).toBe(before.ada);
  expect(deposits(chain, ada)).toBe(0n);
  expect(chain.entry("stakes", ada.account)!.lots[0]!.amount).toBe(150n * ONE);
  expect(chain.state.cells.supply.burned).toBe(before.supply.burned + FEE);
  expect(events).toContainEqual({ kind: "escrowBurned", nepId, account: ada.account, amount: FEE });
});

test("a veto burns fee and deposit", () => {
  const { chain, before, events } = voted({ ada: "500", bob: "500" }, { ada: YES, bob: VETO });
  expect(chain.balance(ada)).toBe(before.ada);
  expect(chain.entry("stakes", ada.account)).toMatchObject({ lots: [{ amount: 400n * ONE }], deposits: 0n });
  expect(chain.state.cells.supply).toMatchObject({
    burned: before.supply.burned + FEE + DEPOSIT,
    bonded: before.supply.bonded - DEPOSIT,
    escrowed: 0n,
  });
  expect(events).toContainEqual(
    expect.objectContaining({ kind: "slashed", account: ada.account, amount: DEPOSIT, rewarded: 0n }),
  );
});

test("a veto takes no more than a slash has left", () => {
  const chain = new Parliament({ stakes: { ada: "100", bob: "500" } });
  const nepId = chain.submit(ada, lowerReward());
  const ballot = (yes: number) => ({
    networkId: chain.networkId,
    nepId,
    publicKey: ada.key.publicKey,
    sequence: 0,
    split: { yes, no: 10_000 - yes, abstain: 0, veto: 0 },
  });
  const [first, second] = [ballot(0), ballot(1)].map((each) => chain.signedBallot(each, ada));
  chain.accept(bob, { kind: "evidence", contradiction: { kind: "ballots", first: first!, second: second! } });
  expect(chain.entry("stakes", ada.account)).toMatchObject({ deposits: 90n * ONE, lots: [{ amount: 90n * ONE }] });
  chain.openVoting(nepId);
  chain.vote(nepId, { bob: VETO });
  chain.close(nepId);
  expect(chain.entry("stakes", ada.account)).toBeUndefined();
});

test("an approved proposal earns a thousandth of what others voted, from the treasury", () => {
  const { chain, nepId, before, events } = voted(
    { ada: "500", bob: "1500", cy: "500" },
    { ada: YES, bob: YES },
    TREASURY,
  );
  expect(before.supply.treasury).toBe(3n * ONE);
  const reward = decimal("1.5");
  expect(events).toContainEqual({ kind: "proposerRewarded", nepId, account: ada.account, amount: reward });
  expect(chain.balance(ada)).toBe(before.ada + FEE + reward);
  expect(chain.state.cells.supply).toMatchObject({ treasury: 3n * ONE - reward, minted: 0n });
});

test.each([
  ["the least reward is 1 NEURO", { bob: "600" }, {}, "1"],
  [
    "the largest reward holds",
    { bob: "2500" },
    {
      "governance.registry.PROPOSER_REWARD_MAX": decimal("1.2"),
      "governance.registry.PROPOSER_REWARD_MAX_QUORUM": ONE,
    },
    "1.2",
  ],
  ["the treasury pays no more than it has", { bob: "9000" }, {}, "2"],
])("%s", (_name, others, params, reward) => {
  const { events } = voted({ ada: "500", ...others }, { ada: YES, bob: YES }, { ...TREASURY, ...params });
  expect(events).toContainEqual(expect.objectContaining({ kind: "proposerRewarded", amount: decimal(reward) }));
});

test("an honest rejection earns a ten-thousandth of what others voted, with a cap and no least", () => {
  const stakes = { ada: "500", bob: "1500", cy: "500" };
  const { events } = voted(stakes, { ada: YES, bob: NO }, TREASURY);
  expect(events).toContainEqual(expect.objectContaining({ kind: "proposerRewarded", amount: decimal("0.15") }));
  const capped = voted(
    stakes,
    { ada: YES, bob: NO },
    { ...TREASURY, "governance.registry.PROPOSER_REWARD_MAX_QUORUM": decimal("0.1") },
  );
  expect(capped.events).toContainEqual(expect.objectContaining({ kind: "proposerRewarded", amount: decimal("0.1") }));
});

test.each([
  ["199.999999999999999999", false],
  ["200", true],
])("nobody is paid for votes of his own: with %s of others out of 1000 a reward is %s", (others, isPaid) => {
  const rest = isPaid ? "300" : "300.000000000000000001";
  const { chain, events } = voted({ ada: "500", bob: others, cy: rest }, { ada: YES, bob: YES }, TREASURY);
  expect(chain.record(chain.state.cells.openNeps.open[0]!.nepId).stage.kind).toBe("passed");
  expect(events.some(({ kind }) => kind === "proposerRewarded")).toBe(isPaid);
});

test("neither a veto nor a missing quorum is rewarded", () => {
  const vetoed = voted({ ada: "500", bob: "500" }, { ada: YES, bob: VETO }, TREASURY);
  const ignored = voted({ ada: "100", bob: "901" }, { ada: YES }, TREASURY);
  for (const { events } of [vetoed, ignored])
    expect(events.some(({ kind }) => kind === "proposerRewarded")).toBe(false);
});

test("votes are not paid", () => {
  const { chain } = voted({ ada: "500", bob: "1500", cy: "500" }, { ada: YES, bob: YES, cy: NO }, TREASURY);
  expect(chain.balance(bob)).toBe(CASH - ONE);
  expect(chain.balance(cy)).toBe(CASH - ONE);
  expect(chain.param("governance.registry.VOTER_REWARD_RATE")).toBe(0n);
});

test("every transaction about proposals pays the flat fee into the treasury, a refused one nothing", () => {
  const chain = new Parliament({
    stakes: { ada: "500", bob: "500" },
    params: { "economics.fees.NEP_FEE": decimal("0.5") },
  });
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.state.cells.supply.treasury).toBe(decimal("0.5"));
  chain.refuse(bob, { kind: "nepVote", nepId, split: YES });
  chain.openVoting(nepId);
  chain.vote(nepId, { bob: YES });
  expect(chain.state.cells.supply.treasury).toBe(ONE);
});

test("an emergency pays and gets back the same fee", () => {
  const chain = new Parliament({ stakes: { ada: "900", bob: "100" } });
  const nepId = chain.submit(ada, emergency());
  expect(chain.balance(ada)).toBe(CASH - FEE);
  chain.vote(nepId, { ada: YES });
  chain.block();
  expect(chain.balance(ada)).toBe(CASH);
  expect(deposits(chain, ada)).toBe(0n);
});

test("the end of one proposal frees its own deposit and not that of another", () => {
  const chain = new Parliament({ stakes: { ada: "500", bob: "500" } });
  const first = chain.submit(ada, lowerReward());
  chain.submit(ada, lowerReward({ title: "Second" }));
  expect(deposits(chain, ada)).toBe(2n * DEPOSIT);
  chain.accept(ada, { kind: "nepWithdraw", nepId: first });
  expect(deposits(chain, ada)).toBe(DEPOSIT);
});
