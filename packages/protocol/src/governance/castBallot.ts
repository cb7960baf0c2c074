/**
 * One ballot, however it came. Counts the voter's stake and what was delegated to him, as of the snapshot; delegators who
 * vote themselves take their part back from him, before or after his own vote. O(1). spec/governance.md#G4
 */
import type { NepRecord, NepTally } from "../nep/record.ts";
import { powerAt, totalPowerAt } from "../staking/power.ts";
import type { Draft } from "../state/draft.ts";
import type { BallotRecord } from "../state/tables.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { accept, type Outcome, type Rejected, reject } from "../transition/outcome.ts";
import { type BallotSplit, WHOLE_SPLIT } from "../types/ballot.ts";
import type { AccountId, Amount, Digest } from "../types/identifiers.ts";
import { findNep, type Nep, saveNep } from "./openNeps.ts";
import { reaches } from "./reaches.ts";
import { countBallot, hasQuorum, verdictOf } from "./tally.ts";

export interface CastBallot {
  readonly nepId: Digest;
  readonly voter: AccountId;
  readonly split: BallotSplit;
  /** Null: whatever comes next. */
  readonly sequence: number | null;
}

export function castBallot(draft: Draft, ballot: CastBallot, { height }: Pick<BlockContext, "height">): Outcome {
  const nep = findNep(draft, ballot.nepId);
  if ("ok" in nep) return nep;
  const { record, nepId } = nep;
  const { voter, split } = ballot;
  const key = `${nepId}/${voter}`;
  const least = (draft.get("ballots", key)?.sequence ?? -1) + 1;
  const sequence = ballot.sequence ?? least;
  const problem = closedProblem(record, height) ?? splitProblem(split) ?? staleProblem(sequence, least);
  if (problem !== undefined) return problem;
  const { own, received } = powerAt(draft, voter, record.snapshotAt);
  const power = own + received - (draft.get("overrides", key)?.power ?? 0n);
  if (power === 0n) return reject({ code: "NO_VOTING_POWER", account: voter, snapshotAt: record.snapshotAt });
  const tally = enter(draft, nep, { voter, sequence, split, power });
  const { counted, events } = extendOrClose(draft, { nepId, record: { ...record, tally } }, { height, before: record });
  saveNep(draft, { nepId, record: counted });
  return accept({ kind: "voted", nepId, voter, split, power }, ...events);
}

function closedProblem({ stage, snapshotAt, votingEndsAt }: NepRecord, height: number): Rejected | undefined {
  const isOpen = stage.kind === "pending" && height > snapshotAt && height <= votingEndsAt;
  return isOpen ? undefined : reject({ code: "VOTE_CLOSED", from: snapshotAt + 1, to: votingEndsAt, height });
}

function splitProblem({ yes, no, abstain, veto }: BallotSplit): Rejected | undefined {
  const sum = yes + no + abstain + veto;
  return sum === WHOLE_SPLIT ? undefined : reject({ code: "VOTE_SPLIT", sum });
}

/** Nothing comes after the highest sequence there is: who signed a ballot with it cannot vote again. */
function staleProblem(sequence: number, least: number): Rejected | undefined {
  const isFresh = sequence >= least && sequence <= Number.MAX_SAFE_INTEGER;
  return isFresh ? undefined : reject({ code: "BALLOT_STALE", sequence, least });
}

/** Writes the ballot, and gives the tally with it. */
function enter(draft: Draft, nep: Nep, ballot: BallotRecord): NepTally {
  const { nepId, record } = nep;
  const { voter } = ballot;
  const key = `${nepId}/${voter}`;
  const { own, delegate } = powerAt(draft, voter, record.snapshotAt);
  const isFirst = draft.get("ballots", key) === undefined;
  const bereft = isFirst && own > 0n && delegate !== null ? [delegate] : [];
  const voters = [voter, ...bereft];
  const without = withBallots(draft, nep, { tally: record.tally, voters, sign: -1n });
  draft.set("ballots", key, ballot);
  for (const other of bereft) takeBack(draft, `${nepId}/${other}`, own);
  return withBallots(draft, nep, { tally: without, voters, sign: 1n });
}

interface Recount {
  readonly tally: NepTally;
  readonly voters: readonly AccountId[];
  readonly sign: 1n | -1n;
}

/** The tally with, or without, the ballots of these voters as they stand in the draft. */
function withBallots(draft: Draft, nep: Nep, { tally, voters, sign }: Recount): NepTally {
  return voters.reduce((sum, voter) => {
    const cast = draft.get("ballots", `${nep.nepId}/${voter}`);
    if (cast === undefined) return sum;
    const { power, split } = cast;
    return countBallot(sum, split, { power, others: power - authorsPart(draft, nep, voter), sign });
  }, tally);
}

/** How much of a ballot's power the author put there: all of his own, and his stake with his delegate until he votes. */
function authorsPart(draft: Draft, { nepId, record }: Nep, voter: AccountId): Amount {
  const { author, snapshotAt } = record;
  if (voter === author) return draft.get("ballots", `${nepId}/${voter}`)?.power ?? 0n;
  const { own, delegate } = powerAt(draft, author, snapshotAt);
  return delegate === voter && draft.get("ballots", `${nepId}/${author}`) === undefined ? own : 0n;
}

/** The delegator's own stake no longer votes with the delegate, neither now nor in a ballot to come. */
function takeBack(draft: Draft, key: string, own: Amount): void {
  draft.set("overrides", key, { power: (draft.get("overrides", key)?.power ?? 0n) + own });
  const cast = draft.get("ballots", key);
  if (cast !== undefined) draft.set("ballots", key, { ...cast, power: cast.power - own });
}

interface Closing {
  readonly height: number;
  /** The record without this ballot. */
  readonly before: NepRecord;
}

/** Late quorum prolongs the vote once; an emergency ends with the block in which it has won whatever others say. */
function extendOrClose(
  draft: Draft,
  { nepId, record }: Nep,
  { height, before }: Closing,
): { readonly counted: NepRecord; readonly events: readonly DraftEvent[] } {
  const { rules, tally, snapshotAt } = record;
  const total = totalPowerAt(draft, snapshotAt);
  const isFirst = hasQuorum(tally, total, rules) && !hasQuorum(before.tally, total, rules);
  const regularEnd = snapshotAt + rules.votingBlocks;
  const isExtended = record.isVotingExtended || (isFirst && height > regularEnd - rules.lateQuorumBlocks);
  const fullEnd = isExtended ? regularEnd + rules.lateQuorumBlocks : regularEnd;
  const isWon =
    rules.track === "emergency" &&
    verdictOf(tally, total, rules) === "approved" &&
    reaches(tally.yes, total, rules.approval);
  const counted = { ...record, isVotingExtended: isExtended, votingEndsAt: isWon ? height : fullEnd };
  const isNews = isExtended && !record.isVotingExtended && !isWon;
  return { counted, events: isNews ? [{ kind: "votingExtended", nepId, votingEndsAt: fullEnd }] : [] };
}
