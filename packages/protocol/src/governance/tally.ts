/** Counting votes. The tally runs along: each ballot adds its own and takes back what it replaces. spec/governance.md#G4 */

import type { FrozenRules, NepTally } from "../nep/record.ts";
import { type BallotSplit, WHOLE_SPLIT } from "../types/ballot.ts";
import type { Amount } from "../types/identifiers.ts";
import { reaches } from "./reaches.ts";

interface Weight {
  readonly power: Amount;
  /** The part of it that is not the author's stake. */
  readonly others: Amount;
  /** 1 to add a ballot, -1 to take it back. */
  readonly sign: 1n | -1n;
}

/** What does not divide evenly abstains. Nobody votes without power: a ballot from which all was taken back counts nobody. */
export function countBallot(tally: NepTally, split: BallotSplit, { power, others, sign }: Weight): NepTally {
  const part = (share: number) => (power * BigInt(share)) / BigInt(WHOLE_SPLIT);
  const [yes, no, veto] = [part(split.yes), part(split.no), part(split.veto)];
  return {
    yes: tally.yes + sign * yes,
    no: tally.no + sign * no,
    veto: tally.veto + sign * veto,
    abstain: tally.abstain + sign * (power - yes - no - veto),
    voters: tally.voters + (power === 0n ? 0 : Number(sign)),
    others: tally.others + sign * others,
  };
}

export function votesCast({ yes, no, abstain, veto }: NepTally): Amount {
  return yes + no + abstain + veto;
}

/** `total`: all bonded stake at the snapshot. */
export function hasQuorum(tally: NepTally, total: Amount, { quorum, minVoters, minStakeVoted }: FrozenRules): boolean {
  const cast = votesCast(tally);
  return cast > 0n && reaches(cast, total, quorum) && tally.voters >= minVoters && cast >= minStakeVoted;
}

export function isVetoed(tally: NepTally, { veto }: FrozenRules): boolean {
  return tally.veto > 0n && reaches(tally.veto, votesCast(tally), veto);
}

/** A veto is a no that weighs more; abstentions count for the quorum alone. */
export function isApproved({ yes, no, veto }: NepTally, { approval }: FrozenRules): boolean {
  return yes > 0n && reaches(yes, yes + no + veto, approval);
}

export type Verdict = "approved" | "rejected" | "vetoed" | "no quorum";

/** How the vote would end with this tally. */
export function verdictOf(tally: NepTally, total: Amount, rules: FrozenRules): Verdict {
  if (!hasQuorum(tally, total, rules)) return "no quorum";
  if (isVetoed(tally, rules)) return "vetoed";
  return isApproved(tally, rules) ? "approved" : "rejected";
}
