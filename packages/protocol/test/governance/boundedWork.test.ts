/** What a block does for a vote does not grow with the number of ballots: counted in entries of the state, not in time. */
import { expect, test } from "vitest";
import { sha256 } from "../../src/crypto/hash.ts";
import type { TableChanges } from "../../src/state/draft.ts";
import { Draft } from "../../src/state/draft.ts";
import type { AccountId, Digest } from "../../src/types/identifiers.ts";
import { lowerReward } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { Parliament, YES } from "./parliament.ts";

const ada = person("ada");
const POWER = 100n * 10n ** 18n;

function sizes(changes: TableChanges): Record<string, number> {
  const all = Object.entries(changes).map(([table, entries]) => [table, entries.size] as const);
  return Object.fromEntries(all.filter(([, size]) => size > 0));
}

function accountAt(index: number): AccountId {
  return Buffer.from(sha256(Buffer.from(`voter ${index}`)).slice(0, 20)).toString("hex") as AccountId;
}

/** A vote with that many ballots in the state, written as `castBallot` would have; ada and bob have not voted yet. */
function voteWith(ballots: number): { readonly chain: Parliament; readonly nepId: Digest } {
  const chain = new Parliament({ stakes: { ada: "500", bob: "500" }, delegations: { ada: "bob" } });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  const draft = new Draft(chain.state);
  for (let index = 0; index < ballots; index++) {
    const voter = accountAt(index);
    draft.set("ballots", `${nepId}/${voter}`, { voter, sequence: 0, split: YES, power: POWER });
  }
  const record = chain.record(nepId);
  const cast = BigInt(ballots) * POWER;
  draft.set("neps", nepId, { ...record, tally: { ...record.tally, yes: cast, others: cast, voters: ballots } });
  const { checkpoints } = draft.cell("totalPower");
  draft.setCell("totalPower", { checkpoints: checkpoints.map((each) => ({ ...each, total: each.total + cast })) });
  chain.state = draft.commit();
  return { chain, nepId };
}

test("closing a vote with 100,000 ballots writes as many entries as closing one with 100: record, fee and deposit of the author", () => {
  const closing = [100, 100_000].map((ballots) => {
    const { chain, nepId } = voteWith(ballots);
    chain.close(nepId);
    expect(chain.status(nepId)).toBe("approved");
    expect(chain.record(nepId).tally.voters).toBe(ballots);
    return sizes(chain.last!.changes);
  });
  expect(closing[0]).toEqual({ accounts: 1, stakes: 1, escrows: 1, neps: 1 });
  expect(closing[1]).toEqual(closing[0]);
});

test("a ballot writes as many entries after 10,000 others as after none: account, record, ballot", () => {
  const cast = [0, 10_000].map((ballots) => {
    const { chain, nepId } = voteWith(ballots);
    chain.vote(nepId, { bob: YES });
    const first = sizes(chain.last!.changes);
    chain.vote(nepId, { ada: YES });
    return [first, sizes(chain.last!.changes)];
  });
  expect(cast[0]).toEqual([
    { accounts: 1, neps: 1, ballots: 1 },
    // ada takes her stake back from bob's ballot.
    { accounts: 1, neps: 1, ballots: 2, overrides: 1 },
  ]);
  expect(cast[1]).toEqual(cast[0]);
});

test("the closing block of real votes does not grow with them either, nor does a block in which nothing is due", () => {
  const closing = [2, 60].map((voters) => {
    const stakes = Object.fromEntries(Array.from({ length: voters }, (_, index) => [`voter ${index}`, "200"]));
    const chain = new Parliament({ stakes });
    const nepId = chain.submit(chain.members[0]!, lowerReward());
    chain.openVoting(nepId);
    chain.vote(nepId, Object.fromEntries(chain.members.map(({ name }) => [name, YES])));
    chain.block();
    expect(sizes(chain.last!.changes)).toEqual({});
    chain.close(nepId);
    return sizes(chain.last!.changes);
  });
  expect(closing[1]).toEqual(closing[0]);
});

test("an activation writes its parameters and its record, however many proposals came before", () => {
  const chain = new Parliament({ stakes: { ada: "500", bob: "500" } });
  const nepId = chain.submit(ada, lowerReward());
  chain.approve(nepId);
  chain.due(nepId);
  expect(sizes(chain.last!.changes)).toEqual({ params: 1, neps: 1 });
});
