/** How a vote stands, by the very functions that will decide it. */
import {
  type Amount,
  type Digest,
  formatDecimal,
  hasQuorum,
  isApproved,
  isVetoed,
  type NepRecord,
  type NepTally,
  ONE,
  type State,
  statusOf,
  verdictOf,
  votesCast,
} from "@neuroshard/protocol";
import type { TallyView } from "@neuroshard/sdk/api";
import { type FoundNep, labelOf } from "./nepViews.ts";

export function tallyView(state: State, { nepId, record }: FoundNep): TallyView {
  const { height } = state.cells.head;
  const { tally, rules } = record;
  const total = totalPowerOf(state, nepId, record);
  const cast = votesCast(tally);
  const decisive = tally.yes + tally.no + tally.veto;
  const isWon = isDecidedFor(record);
  const measures = {
    quorum: {
      ...measure(cast, total, rules.quorum),
      isReached: isWon ?? (total !== null && hasQuorum(tally, total, rules)),
    },
    approval: { ...measure(tally.yes, decisive, rules.approval), isReached: isApproved(tally, rules) },
    vetoed: { ...measure(tally.veto, cast, rules.veto), isReached: isVetoed(tally, rules) },
  };
  return {
    nepId,
    label: labelOf(record),
    height,
    status: statusOf(record, height),
    yes: String(tally.yes),
    no: String(tally.no),
    abstain: String(tally.abstain),
    veto: String(tally.veto),
    voters: tally.voters,
    totalPower: total === null ? null : String(total),
    percent: percentsOf(tally, cast),
    ...measures,
    isPassing: isWon ?? (total !== null && verdictOf(tally, total, rules) === "approved"),
    missing: isWon === undefined ? missingOf(tally, measures, rules) : endingOf(record),
  };
}

/** Kept in the record when a vote closes; null where a proposal was withdrawn before that. */
function totalPowerOf({ cells }: State, nepId: Digest, { snapshotAt, totalPower }: NepRecord): Amount | null {
  if (totalPower !== null) return totalPower;
  if (!cells.openNeps.open.some((open) => open.nepId === nepId)) return null;
  return cells.totalPower.checkpoints.findLast(({ height }) => height <= snapshotAt)?.total ?? 0n;
}

/** Undefined while the vote is not over. */
function isDecidedFor({ stage }: NepRecord): boolean | undefined {
  if (stage.kind !== "ended") return stage.kind === "pending" ? undefined : true;
  return stage.as !== "rejected" && stage.as !== "withdrawn" && stage.as !== "expired";
}

function endingOf({ stage }: NepRecord): string[] {
  return stage.kind === "ended" ? [`${stage.reason.code}: ${stage.reason.detail}`] : [];
}

type Measures = Pick<TallyView, "quorum" | "approval" | "vetoed">;

function missingOf(tally: NepTally, { quorum, approval, vetoed }: Measures, least: Least): string[] {
  const cast = votesCast(tally);
  const missing: string[] = [];
  if (tally.voters < least.minVoters) missing.push(`${least.minVoters} voters are needed, ${tally.voters} have voted`);
  if (cast < least.minStakeVoted) {
    missing.push(`${formatDecimal(least.minStakeVoted)} NEURO must vote, ${formatDecimal(cast)} have`);
  }
  if (!quorum.isReached && missing.length === 0) {
    missing.push(`a quorum of ${quorum.needed} of all stake is needed, ${quorum.actual} has voted`);
  }
  if (vetoed.isReached) missing.push(`vetoes are ${vetoed.actual} of the votes, below ${vetoed.needed} is needed`);
  if (!approval.isReached) missing.push(`approval of ${approval.needed} is needed, it is ${approval.actual}`);
  return missing;
}

interface Least {
  readonly minVoters: number;
  readonly minStakeVoted: Amount;
}

function measure(part: Amount, whole: Amount | null, needed: bigint) {
  return { actual: whole === null ? null : fraction(part, whole, ONE), needed: formatDecimal(needed) };
}

function percentsOf({ yes, no, abstain, veto }: NepTally, cast: Amount): TallyView["percent"] {
  const percent = (part: Amount) => fraction(part, cast, 100n * ONE);
  return { yes: percent(yes), no: percent(no), abstain: percent(abstain), veto: percent(veto) };
}

/** Rounded down; nothing of nothing is nothing. */
function fraction(part: Amount, whole: Amount, scale: bigint): string {
  return formatDecimal(whole === 0n ? 0n : (part * scale) / whole);
}
