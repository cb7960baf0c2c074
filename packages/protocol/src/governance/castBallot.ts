/**
 * One ballot, however it came. Counts the voter's stake and what was delegated to him, as of the snapshot; delegators who
 * vote themselves take their part back from him, before or after his own vote. O(1). spec/governance.md#G4
 */
import type { NepRecord } from "../nep/record.ts";
import { mulDivUp, ONE } from "../numbers/decimal.ts";
import { powerAt, totalPowerAt } from "../staking/power.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { accept, type Outcome, type Rejected, reject } from "../transition/outcome.ts";
import { type BallotSplit, WHOLE_SPLIT } from "../types/ballot.ts";
import type { AccountId, Digest } from "../types/identifiers.ts";
import { findNep, saveNep } from "./openNeps.ts";
import { countBallot, hasQuorum } from "./tally.ts";

export interface CastBallot {
  readonly nepId: Digest;
  readonly voter: AccountId;
  readonly split: BallotSplit;
  /** Null: whatever comes next. */
  readonly sequence: number | null;
}

export function castBallot(draft: Draft, ballot: CastBallot, { params, height }: BlockContext): Outcome {
  const found = findNep(draft, ballot.nepId);
  if ("ok" in found) return found;
  const { record, nepId } = found;
  const { voter, split } = ballot;
  const key = `${nepId}/${voter}`;
  const before = draft.get("ballots", key);
  const sequence = ballot.sequence ?? (before?.sequence ?? -1) + 1;
  const problem = closedProblem(record, height) ?? splitProblem(split) ?? staleProblem(sequence, before?.sequence);
  if (problem !== undefined) return problem;
  const { own, received, delegate } = powerAt(draft, voter, record.snapshotAt);
  const power = own + received - (draft.get("overrides", key)?.power ?? 0n);
  if (power === 0n) return reject({ code: "NO_VOTING_POWER", account: voter, snapshotAt: record.snapshotAt });
  const isAuthor = voter === record.author;
  let { tally } = record;
  if (before !== undefined) tally = countBallot(tally, before.split, { power: before.power, isAuthor, sign: -1n });
  tally = countBallot(tally, split, { power, isAuthor, sign: 1n });
  draft.set("ballots", key, { voter, sequence, split, power });
  if (before === undefined && delegate !== null && own > 0n) {
    tally = takeBack(draft, { nepId, record: { ...record, tally } }, delegate, own);
  }
  const window = Number(
    mulDivUp(params.get("governance.voting.LATE_QUORUM_WINDOW"), BigInt(record.rules.votingBlocks), ONE),
  );
  const { counted, events } = extendOrClose(draft, { ...record, tally }, { height, window, before: record.tally });
  saveNep(draft, { nepId, record: counted });
  const extended = events.map((votingEndsAt): DraftEvent => ({ kind: "votingExtended", nepId, votingEndsAt }));
  return accept({ kind: "voted", nepId, voter, split, power }, ...extended);
}

function closedProblem({ stage, snapshotAt, votingEndsAt }: NepRecord, height: number): Rejected | undefined {
  const isOpen = stage.kind === "pending" && height > snapshotAt && height <= votingEndsAt;
  return isOpen ? undefined : reject({ code: "VOTE_CLOSED", from: snapshotAt + 1, to: votingEndsAt, height });
}

function splitProblem({ yes, no, abstain, veto }: BallotSplit): Rejected | undefined {
  const sum = yes + no + abstain + veto;
  return sum === WHOLE_SPLIT ? undefined : reject({ code: "VOTE_SPLIT", sum });
}

function staleProblem(sequence: number, last: number | undefined): Rejected | undefined {
  return last === undefined || sequence > last
    ? undefined
    : reject({ code: "BALLOT_STALE", sequence, least: last + 1 });
}

/** The delegator's own stake no longer votes with the delegate. Returns the tally after that. */
function takeBack(
  draft: Draft,
  { nepId, record }: { readonly nepId: Digest; readonly record: NepRecord },
  delegate: AccountId,
  own: bigint,
): NepRecord["tally"] {
  const key = `${nepId}/${delegate}`;
  draft.set("overrides", key, { power: (draft.get("overrides", key)?.power ?? 0n) + own });
  const cast = draft.get("ballots", key);
  if (cast === undefined) return record.tally;
  const isAuthor = delegate === record.author;
  const power = cast.power - own;
  const without = countBallot(record.tally, cast.split, { power: cast.power, isAuthor, sign: -1n });
  draft.set("ballots", key, { ...cast, power });
  return countBallot(without, cast.split, { power, isAuthor, sign: 1n });
}

interface Closing {
  readonly height: number;
  /** Last blocks in which a quorum that is reached only then prolongs the vote. */
  readonly window: number;
  readonly before: NepRecord["tally"];
}

/** Late quorum prolongs the vote once; an emergency closes as soon as nothing can turn it. */
function extendOrClose(draft: Draft, record: NepRecord, { height, window, before }: Closing) {
  const { rules, tally, votingEndsAt, isVotingExtended } = record;
  const total = totalPowerAt(draft, record.snapshotAt);
  if (rules.track === "emergency" && tally.yes > 0n && tally.yes * ONE >= rules.approval * total) {
    return { counted: { ...record, votingEndsAt: height }, events: [] };
  }
  const isFirst = hasQuorum(tally, total, rules) && !hasQuorum(before, total, rules);
  if (!isFirst || isVotingExtended || height <= votingEndsAt - window) return { counted: record, events: [] };
  const extendedTo = votingEndsAt + window;
  return { counted: { ...record, votingEndsAt: extendedTo, isVotingExtended: true }, events: [extendedTo] };
}
