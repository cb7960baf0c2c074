/** The track of a proposal: how long it takes and what it needs, by its type. Frozen when it is submitted. spec/governance.md#G3 */
import type { NepDocument, NepType } from "../nep/document.ts";
import type { FrozenRules, TrackName } from "../nep/record.ts";
import { formatDecimal, mulDivUp, ONE } from "../numbers/decimal.ts";
import { larger } from "../numbers/larger.ts";
import { clockOf, type Params } from "../params/params.ts";
import { type Rejected, reject } from "../transition/outcome.ts";

const TRACK_OF: { readonly [T in NepType]: TrackName } = {
  econ: "standard",
  train: "standard",
  net: "standard",
  arch: "architecture",
  gov: "constitution",
  emergency: "emergency",
};

const PREFIX = {
  standard: "STANDARD",
  architecture: "ARCHITECTURE",
  constitution: "CONSTITUTION",
  emergency: "EMERGENCY",
} as const satisfies { readonly [T in TrackName]: string };

export interface TrackRules {
  readonly rules: FrozenRules;
  readonly reviewBlocks: number;
}

/** Thresholds are the track's, or the author's where he asks for more. */
export function rulesFor(document: NepDocument, params: Params): TrackRules {
  const track = TRACK_OF[document.nepType];
  const prefix = PREFIX[track];
  const { gracePeriodDays } = document.upgradePath;
  const votingBlocks = params.get(`governance.tracks.${prefix}_VOTING`);
  const lateQuorum = params.get("governance.voting.LATE_QUORUM_WINDOW");
  const rules: FrozenRules = {
    track,
    quorum: larger(params.get(`governance.tracks.${prefix}_QUORUM`), document.quorumThreshold),
    approval: larger(params.get(`governance.tracks.${prefix}_APPROVAL`), document.approvalThreshold),
    veto: params.get("governance.voting.VETO_THRESHOLD"),
    readiness: params.get("governance.voting.READINESS_THRESHOLD"),
    timelockBlocks: params.get(`governance.tracks.${prefix}_TIMELOCK`),
    votingBlocks,
    lateQuorumBlocks: Number(mulDivUp(lateQuorum, BigInt(votingBlocks), ONE)),
    graceBlocks: gracePeriodDays * clockOf(params).dayBlocks,
    readinessExtensionBlocks: params.get("governance.voting.READINESS_EXTENSION"),
    rollbackWindowBlocks: params.get("governance.voting.ROLLBACK_WINDOW"),
    rollbackApproval: params.get("governance.voting.ROLLBACK_THRESHOLD"),
    emergencyLifetimeBlocks: params.get("governance.voting.EMERGENCY_LIFETIME"),
    minVoters: params.get("governance.voting.MIN_VOTERS"),
    minStakeVoted: params.get("governance.voting.MIN_STAKE_VOTED"),
  };
  return { rules, reviewBlocks: params.get(`governance.tracks.${prefix}_REVIEW`) };
}

/** An author can ask for more than the rules do, never for less than the standard track and never for more than all. */
export function thresholdProblem(document: NepDocument, params: Params): Rejected | undefined {
  const asked = [
    ["approval", document.approvalThreshold, params.get("governance.tracks.STANDARD_APPROVAL")],
    ["quorum", document.quorumThreshold, params.get("governance.tracks.STANDARD_QUORUM")],
  ] as const;
  for (const [threshold, value, least] of asked) {
    if (value < least || value > ONE) {
      return reject({
        code: "THRESHOLD_OUT_OF_RANGE",
        threshold,
        least: formatDecimal(least),
        most: "1",
        asked: formatDecimal(value),
      });
    }
  }
  return undefined;
}
