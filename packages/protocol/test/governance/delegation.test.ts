/** A delegate votes by default; a delegator's own vote overrides for his part. spec/governance.md#G4 */
import { expect, test } from "vitest";
import { ONE } from "../../src/numbers/decimal.ts";
import { lowerReward } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { NO, Parliament, splitOf, YES } from "./parliament.ts";

const [ada, bob, cy] = [person("ada"), person("bob"), person("cy")];
const stakes = { ada: "500", bob: "300", cy: "80", dee: "20" };

function voting(delegations: Readonly<Record<string, string>>, staked: Readonly<Record<string, string>> = stakes) {
  const chain = new Parliament({ stakes: staked, delegations });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  return { chain, nepId, tally: () => chain.record(nepId).tally };
}

test("a delegate votes with his own stake and with all that was delegated to him", () => {
  const { chain, nepId, tally } = voting({ cy: "bob", dee: "bob" });
  chain.vote(nepId, { bob: YES });
  expect(tally()).toEqual({ yes: 400n * ONE, no: 0n, abstain: 0n, veto: 0n, voters: 1, others: 400n * ONE });
});

test("a delegator who votes after his delegate takes his part out of that ballot, in its proportions", () => {
  const { chain, nepId, tally } = voting({ cy: "bob" });
  chain.vote(nepId, { bob: splitOf({ yes: 7500, no: 2500 }) });
  chain.vote(nepId, { cy: NO });
  expect(tally()).toMatchObject({ yes: 225n * ONE, no: 75n * ONE + 80n * ONE, voters: 2 });
});

test("a delegator who votes before his delegate leaves him the rest", () => {
  const { chain, nepId, tally } = voting({ cy: "bob", dee: "bob" });
  chain.vote(nepId, { cy: NO });
  chain.vote(nepId, { bob: YES });
  expect(tally()).toMatchObject({ yes: 320n * ONE, no: 80n * ONE });
});

test("the order of delegate and delegator makes no difference, re-votes included", () => {
  const orders = [
    ["bob", "cy", "dee"],
    ["dee", "bob", "cy"],
    ["cy", "dee", "bob"],
    ["cy", "bob", "cy", "bob", "dee", "dee"],
  ];
  const tallies = orders.map((names) => {
    const { chain, nepId, tally } = voting({ cy: "bob", dee: "bob" });
    const split = { bob: YES, cy: NO, dee: splitOf({ yes: 3333, veto: 6667 }) };
    for (const name of names) chain.vote(nepId, { [name]: split[name as keyof typeof split] });
    return tally();
  });
  for (const tally of tallies) expect(tally).toEqual(tallies[0]);
});

test("delegation goes one step: what was delegated to a delegator does not travel on", () => {
  const { chain, nepId, tally } = voting({ dee: "cy", cy: "bob" });
  chain.vote(nepId, { bob: YES });
  expect(tally().yes).toBe(380n * ONE);
  chain.vote(nepId, { cy: NO });
  expect(tally()).toMatchObject({ yes: 300n * ONE, no: 100n * ONE });
  chain.vote(nepId, { dee: YES });
  expect(tally()).toMatchObject({ yes: 320n * ONE, no: 80n * ONE });
});

test("two who delegate to each other each vote with the other's stake, and with their own once they vote themselves", () => {
  const { chain, nepId, tally } = voting({ cy: "dee", dee: "cy" });
  chain.vote(nepId, { cy: YES });
  expect(tally()).toMatchObject({ yes: 100n * ONE, voters: 1 });
  chain.vote(nepId, { dee: NO });
  expect(tally()).toMatchObject({ yes: 80n * ONE, no: 20n * ONE, voters: 2 });
});

test("a delegation after the snapshot does not count for this vote", () => {
  const { chain, nepId, tally } = voting({});
  chain.accept(cy, { kind: "delegate", delegate: bob.account });
  chain.vote(nepId, { bob: YES, cy: NO });
  expect(tally()).toMatchObject({ yes: 300n * ONE, no: 80n * ONE });
});

test("who takes a delegation back after the snapshot is still represented, unless he votes", () => {
  const { chain, nepId, tally } = voting({ cy: "bob" });
  chain.accept(cy, { kind: "delegate", delegate: null });
  chain.vote(nepId, { bob: YES });
  expect(tally().yes).toBe(380n * ONE);
  chain.vote(nepId, { cy: NO });
  expect(tally()).toMatchObject({ yes: 300n * ONE, no: 80n * ONE });
});

test("a delegate without stake from whom all was taken back is no voter any more", () => {
  const { chain, nepId, tally } = voting({ cy: "eve" }, { ...stakes, eve: "0" });
  const eve = person("eve");
  chain.vote(nepId, { eve: YES });
  expect(tally().voters).toBe(1);
  chain.vote(nepId, { cy: NO });
  expect(tally()).toEqual({ yes: 0n, no: 80n * ONE, abstain: 0n, veto: 0n, voters: 1, others: 80n * ONE });
  expect(chain.refuse(eve, { kind: "nepVote", nepId, split: YES })).toMatchObject({ code: "NO_VOTING_POWER" });
});

test("the author's stake is no vote of others, whether he casts it or his delegate does", () => {
  const { chain, nepId, tally } = voting({ ada: "bob" });
  chain.vote(nepId, { bob: YES });
  expect(tally()).toMatchObject({ yes: 800n * ONE, others: 300n * ONE });
  chain.vote(nepId, { ada: YES });
  expect(tally()).toMatchObject({ yes: 800n * ONE, others: 300n * ONE });
  chain.vote(nepId, { bob: NO });
  expect(tally()).toMatchObject({ yes: 500n * ONE, no: 300n * ONE, others: 300n * ONE });
});

test("what others delegate to the author is not counted as votes of others when he casts it, and is when they do", () => {
  const { chain, nepId, tally } = voting({ cy: "ada" });
  chain.vote(nepId, { ada: YES });
  expect(tally()).toMatchObject({ yes: 580n * ONE, others: 0n });
  chain.vote(nepId, { cy: YES });
  expect(tally()).toMatchObject({ yes: 580n * ONE, others: 80n * ONE });
  chain.vote(nepId, { dee: YES });
  expect(tally().others).toBe(100n * ONE);
});
