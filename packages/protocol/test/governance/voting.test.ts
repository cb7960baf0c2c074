/** Ballots: when they count, with what power, and which of several. spec/governance.md#G4 */
import { expect, test } from "vitest";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import type { Ballot, SignedBallot } from "../../src/types/ballot.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import { lowerReward } from "../chain/documents.ts";
import { type Person, person, rejectionOf } from "../chain/testChain.ts";
import { ABSTAIN, NO, Parliament, splitOf, VETO, YES } from "./parliament.ts";

const [ada, bob, cy] = [person("ada"), person("bob"), person("cy")];
const stakes = { ada: "500", bob: "300", cy: "200" };

function voting(options: Partial<ConstructorParameters<typeof Parliament>[0]> = {}) {
  const chain = new Parliament({ stakes, ...options });
  const nepId = chain.submit(ada, lowerReward());
  return { chain, nepId, tally: () => chain.record(nepId).tally };
}

interface BallotDraft extends Partial<Ballot> {
  readonly nepId: Digest;
  readonly by: Person;
}

function ballotOf(chain: Parliament, { by, ...given }: BallotDraft): SignedBallot {
  const { networkId } = chain;
  return chain.signedBallot({ networkId, publicKey: by.key.publicKey, sequence: 0, split: YES, ...given }, by);
}

test("votes count from the block after the snapshot to the last block of voting, both included", () => {
  const { chain, nepId } = voting();
  const { snapshotAt, votingEndsAt } = chain.record(nepId);
  chain.advanceTo(snapshotAt - 1);
  const closed = { code: "VOTE_CLOSED", from: String(snapshotAt + 1), to: String(votingEndsAt) };
  expect(chain.refuse(ada, { kind: "nepVote", nepId, split: YES })).toMatchObject({
    ...closed,
    height: String(snapshotAt),
  });
  chain.vote(nepId, { ada: YES });
  chain.advanceTo(votingEndsAt - 1);
  chain.vote(nepId, { bob: YES });
  chain.close(nepId);
  expect(chain.refuse(cy, { kind: "nepVote", nepId, split: YES })).toMatchObject({
    ...closed,
    height: String(votingEndsAt + 2),
  });
});

test("stake that comes after the snapshot counts nothing, and stake that leaves after it still counts", () => {
  const { chain, nepId, tally } = voting({ lockDays: 1 });
  chain.openVoting(nepId);
  chain.accept(bob, { kind: "stake", amount: decimal("500"), lockDays: 1 });
  chain.accept(cy, { kind: "unstake", amount: decimal("200") });
  chain.vote(nepId, { bob: YES, cy: NO });
  expect(tally()).toMatchObject({ yes: 300n * ONE, no: 200n * ONE });
});

test("stake in the snapshot's own block counts, one block later it does not", () => {
  const { chain, nepId, tally } = voting({ stakes: { ...stakes, dee: "0", eve: "0" } });
  chain.advanceTo(chain.record(nepId).snapshotAt - 1);
  chain.accept(person("dee"), { kind: "stake", amount: decimal("40"), lockDays: 1 });
  chain.accept(person("eve"), { kind: "stake", amount: decimal("40"), lockDays: 1 });
  chain.vote(nepId, { dee: YES });
  expect(tally().yes).toBe(40n * ONE);
  expect(chain.refuse(person("eve"), { kind: "nepVote", nepId, split: YES })).toMatchObject({
    code: "NO_VOTING_POWER",
  });
});

test("each part of a split is rounded down and what is left over abstains", () => {
  const { chain, nepId, tally } = voting({ stakes: { ...stakes, cy: "200.000000000000000007" } });
  chain.openVoting(nepId);
  chain.vote(nepId, { cy: splitOf({ yes: 3333, no: 3333, abstain: 1, veto: 3333 }) });
  const power = 200n * ONE + 7n;
  const part = (power * 3333n) / 10_000n;
  expect(tally()).toMatchObject({ yes: part, no: part, veto: part, abstain: power - 3n * part, voters: 1 });
});

test.each([
  [splitOf({ yes: 9999 }), 9999],
  [splitOf({ yes: 5000, no: 5001 }), 10_001],
  [splitOf({}), 0],
])("a split that is not whole is refused: %o", (split, sum) => {
  const { chain, nepId } = voting();
  chain.openVoting(nepId);
  expect(chain.refuse(ada, { kind: "nepVote", nepId, split })).toEqual({ code: "VOTE_SPLIT", sum: String(sum) });
});

test("a vote can be changed until the close, and only the last one counts", () => {
  const { chain, nepId, tally } = voting();
  chain.openVoting(nepId);
  for (const split of [YES, NO, VETO, ABSTAIN]) chain.vote(nepId, { bob: split });
  chain.advanceTo(chain.record(nepId).votingEndsAt - 1);
  chain.vote(nepId, { bob: NO });
  expect(tally()).toEqual({ yes: 0n, no: 300n * ONE, abstain: 0n, veto: 0n, voters: 1, others: 300n * ONE });
  expect(chain.entry("ballots", `${nepId}/${bob.account}`)).toMatchObject({ sequence: 4, split: NO });
});

test("of relayed ballots the one with the highest sequence counts, in whatever order they arrive", () => {
  const { chain, nepId, tally } = voting();
  chain.openVoting(nepId);
  const [first, second, third] = [YES, NO, ABSTAIN].map((split, sequence) =>
    ballotOf(chain, { nepId, by: bob, split, sequence }),
  );
  chain.accept(cy, { kind: "bulkVote", ballots: [third!] });
  expect(chain.refuse(cy, { kind: "bulkVote", ballots: [second!, first!] })).toEqual({
    code: "NO_VALID_BALLOT",
    first: "BALLOT_STALE",
  });
  expect(tally()).toMatchObject({ yes: 0n, no: 0n, abstain: 300n * ONE });
});

test("a vote by transaction takes the next sequence, so that an earlier relayed ballot comes too late", () => {
  const { chain, nepId, tally } = voting();
  chain.openVoting(nepId);
  chain.accept(cy, { kind: "bulkVote", ballots: [ballotOf(chain, { nepId, by: bob, sequence: 7 })] });
  chain.vote(nepId, { bob: NO });
  expect(chain.entry("ballots", `${nepId}/${bob.account}`)).toMatchObject({ sequence: 8 });
  const late = ballotOf(chain, { nepId, by: bob, sequence: 8, split: YES });
  expect(chain.refuse(cy, { kind: "bulkVote", ballots: [late] })).toMatchObject({ code: "NO_VALID_BALLOT" });
  expect(tally()).toMatchObject({ yes: 0n, no: 300n * ONE });
});

test("after a ballot with the highest sequence there is, nothing more can come, and the chain goes on", () => {
  const { chain, nepId } = voting();
  chain.openVoting(nepId);
  const last = ballotOf(chain, { nepId, by: bob, sequence: Number.MAX_SAFE_INTEGER });
  chain.accept(cy, { kind: "bulkVote", ballots: [last] });
  expect(chain.refuse(bob, { kind: "nepVote", nepId, split: NO })).toMatchObject({ code: "BALLOT_STALE" });
});

test("a bulk vote names the ballots that do not count and takes the others", () => {
  const { chain, nepId, tally } = voting({ stakes: { ...stakes, dee: "0" } });
  chain.openVoting(nepId);
  const good = ballotOf(chain, { nepId, by: bob });
  const elsewhere = ballotOf(chain, { nepId, by: cy, networkId: nepId });
  const forged = { ...ballotOf(chain, { nepId, by: cy }), signature: good.signature };
  const powerless = ballotOf(chain, { nepId, by: person("dee") });
  const crooked = ballotOf(chain, { nepId, by: cy, split: splitOf({ yes: 1 }) });
  const unknown = ballotOf(chain, { nepId: chain.networkId, by: cy });
  const ballots = [elsewhere, forged, powerless, good, good, crooked, unknown];
  const { outcome } = chain.accept(ada, { kind: "bulkVote", ballots });
  if (outcome.kind !== "accepted") throw new Error("rejected");
  const skipped = outcome.events.flatMap((event) =>
    event.kind === "ballotSkipped" ? [[event.voter, event.code]] : [],
  );
  expect(skipped).toEqual([
    [cy.account, "WRONG_NETWORK"],
    [cy.account, "BAD_SIGNATURE"],
    [person("dee").account, "NO_VOTING_POWER"],
    [bob.account, "BALLOT_STALE"],
    [cy.account, "VOTE_SPLIT"],
    [cy.account, "NEP_UNKNOWN"],
  ]);
  expect(tally()).toMatchObject({ yes: 300n * ONE, voters: 1 });
});

test("a bulk vote without any valid ballot is refused, an empty one too", () => {
  const { chain, nepId } = voting();
  expect(chain.refuse(ada, { kind: "bulkVote", ballots: [] })).toEqual({
    code: "NO_VALID_BALLOT",
    first: "none given",
  });
  const early = ballotOf(chain, { nepId, by: bob });
  expect(chain.refuse(ada, { kind: "bulkVote", ballots: [early] })).toEqual({
    code: "NO_VALID_BALLOT",
    first: "VOTE_CLOSED",
  });
});

test("who has no stake has no vote", () => {
  const { chain, nepId } = voting({ stakes: { ...stakes, dee: "0" } });
  chain.openVoting(nepId);
  const { snapshotAt } = chain.record(nepId);
  expect(chain.refuse(person("dee"), { kind: "nepVote", nepId, split: YES })).toEqual({
    code: "NO_VOTING_POWER",
    account: person("dee").account,
    snapshotAt: String(snapshotAt),
  });
});

test("a refused ballot changes no tally", () => {
  const { chain, nepId, tally } = voting();
  chain.openVoting(nepId);
  chain.vote(nepId, { ada: YES });
  const before = tally();
  const [receipt] = chain.block(
    chain.signed({ from: bob, body: { kind: "nepVote", nepId, split: splitOf({ yes: 5 }) } }),
  );
  expect(rejectionOf(receipt!).code).toBe("VOTE_SPLIT");
  expect(tally()).toEqual(before);
});
