/**
 * What must hold between parameters. Checked on the values that would be in force together: at genesis, when a proposal
 * is submitted and when it activates. Single values have their ranges in the registry.
 */
import { formatDecimal, ONE } from "../numbers/decimal.ts";
import { smaller } from "../numbers/larger.ts";
import { slashAmount } from "../rewards/slashAmount.ts";
import { MOST_SEGMENTS } from "../work/workCommit.ts";
import type { Params } from "./params.ts";
import type { ParamProblem } from "./problem.ts";
import type { ParamKey, ParamType } from "./registry.ts";

/** What is wrong, or undefined. */
type Invariant = (params: Params) => string | undefined;

type NumberKey = { [Key in ParamKey]: ParamType<Key> extends number | bigint ? Key : never }[ParamKey];

const TRACKS = ["STANDARD", "ARCHITECTURE", "CONSTITUTION"] as const;

/** Stages that an audit can still go through when its window is over: spec/audits.md#A4. */
const STAGES_AFTER_WINDOW = 5;

export const INVARIANTS = {
  sharesSumToOne(params) {
    const sum =
      params.get("economics.constants.DRIVER_SHARE") +
      params.get("economics.constants.WORKER_SHARE") +
      params.get("economics.constants.VALIDATOR_SHARE");
    return sum === ONE ? undefined : `the three shares add up to ${formatDecimal(sum)}, not to 1`;
  },

  stakeAmountsOrdered: (params) =>
    rising(params, ["economics.constants.MIN_STAKE_AMOUNT", "economics.constants.MAX_STAKE_AMOUNT"]),

  stakeDurationsOrdered: (params) =>
    rising(params, ["economics.constants.MIN_STAKE_DURATION_DAYS", "economics.constants.MAX_STAKE_DURATION_DAYS"]),

  proposerRewardsOrdered: (params) =>
    rising(params, ["governance.registry.PROPOSER_REWARD_MIN", "governance.registry.PROPOSER_REWARD_MAX"]) ??
    rising(params, ["governance.registry.PROPOSER_REWARD_MAX_QUORUM", "governance.registry.PROPOSER_REWARD_MAX"]),

  validatorTiersRise: (params) =>
    rising(
      params,
      [
        "economics.constants.VALIDATOR_TIER_1_MAX_COUNT",
        "economics.constants.VALIDATOR_TIER_2_MAX_COUNT",
        "economics.constants.VALIDATOR_TIER_3_MAX_COUNT",
        "economics.constants.VALIDATOR_TIER_4_MAX_COUNT",
        "economics.constants.VALIDATOR_TIER_5_MAX_COUNT",
      ],
      "strictly",
    ) ??
    rising(params, [
      "economics.constants.VALIDATOR_TIER_1_STAKE",
      "economics.constants.VALIDATOR_TIER_2_STAKE",
      "economics.constants.VALIDATOR_TIER_3_STAKE",
      "economics.constants.VALIDATOR_TIER_4_STAKE",
      "economics.constants.VALIDATOR_TIER_5_STAKE",
      "economics.constants.VALIDATOR_TIER_6_STAKE",
    ]),

  /** A cheat of a slot must expect to lose: p x slash > (1 - p) x gain, with the slash that an audit ends with. */
  fraudDoesNotPay(params) {
    const p = params.get("training.audit.AUDIT_PROBABILITY");
    const gain = smaller(
      params.get("economics.constants.MAX_REWARD_PER_PROOF"),
      params.get("economics.emission.MAX_MINT_PER_ROUND"),
    );
    const expectedLoss = p * slashAmount(params, gain);
    const expectedGain = gain * (ONE - p);
    if (expectedLoss > expectedGain) return undefined;
    return `a cheat expects to gain ${formatDecimal(expectedGain / ONE)} and to lose only ${formatDecimal(expectedLoss / ONE)}`;
  },

  latentRankWithMlaOnly(params) {
    const isMla = params.get("model.llm.ATTENTION_TYPE") === "mla";
    const rank = params.get("model.llm.KV_LORA_RANK");
    if (isMla === rank > 0) return undefined;
    return isMla
      ? "ATTENTION_TYPE mla needs a KV_LORA_RANK above 0"
      : "KV_LORA_RANK is above 0 without ATTENTION_TYPE mla";
  },

  multiTokenNeedsDepth(params) {
    const isEnabled = params.get("model.llm.MTP_ENABLED");
    return isEnabled && params.get("model.llm.MTP_DEPTH") < 1
      ? "MTP_ENABLED needs an MTP_DEPTH of at least 1"
      : undefined;
  },

  /** Stake cannot leave before the audits that were drawn with it are settled, nor within one standard vote. */
  unbondingOutlastsAudits(params) {
    const longest =
      params.get("training.audit.AUDIT_WINDOW") + STAGES_AFTER_WINDOW * params.get("training.audit.AUDIT_TIMEOUT");
    if (longest > params.get("economics.staking.UNBONDING")) {
      return `an audit can last ${longest} blocks (AUDIT_WINDOW and ${STAGES_AFTER_WINDOW} AUDIT_TIMEOUT), longer than UNBONDING`;
    }
    return rising(params, ["governance.tracks.STANDARD_VOTING", "economics.staking.UNBONDING"]);
  },

  suspectsAuditedMore: (params) =>
    rising(params, ["training.audit.AUDIT_PROBABILITY", "training.audit.FAILED_AUDIT_PROBABILITY"]) ??
    rising(params, ["training.audit.AUDIT_PROBABILITY", "training.audit.UNBONDED_AUDIT_PROBABILITY"]),

  /** The rules of voting are at least as hard to change as anything that they decide. */
  constitutionIsHardest(params) {
    for (const track of TRACKS) {
      for (const figure of ["QUORUM", "APPROVAL"] as const) {
        const needed = params.get(`governance.tracks.${track}_${figure}`);
        if (needed > params.get(`governance.tracks.CONSTITUTION_${figure}`)) {
          return `${track}_${figure} is above CONSTITUTION_${figure}`;
        }
      }
    }
    return undefined;
  },

  proposalFeeWithinStake(params) {
    const stake = params.get("governance.registry.MIN_STAKE_TO_PROPOSE");
    const fee = params.get("governance.registry.PROPOSAL_FEE");
    return fee <= stake ? undefined : "PROPOSAL_FEE is above MIN_STAKE_TO_PROPOSE";
  },

  /** Otherwise no vote could ratify an emergency change in time. */
  emergencyOutlastsRatification(params) {
    const lifetime = params.get("governance.voting.EMERGENCY_LIFETIME");
    const vote = params.get("governance.tracks.STANDARD_REVIEW") + params.get("governance.tracks.STANDARD_VOTING");
    if (lifetime > vote) return undefined;
    return `EMERGENCY_LIFETIME (${lifetime} blocks) is not longer than a standard vote (${vote})`;
  },

  proposalFitsTransaction: (params) =>
    rising(
      params,
      ["governance.registry.MAX_NEP_BYTES", "network.limits.MAX_TRANSACTION_BYTES", "network.limits.MAX_BLOCK_BYTES"],
      "strictly",
    ),

  /** Otherwise nobody could commit to what a whole slot asks for. */
  segmentsFitCommit(params) {
    const steps = params.get("training.diloco.INNER_STEPS");
    const segments = Math.ceil(steps / params.get("training.diloco.SEGMENT_STEPS"));
    if (segments <= MOST_SEGMENTS) return undefined;
    return `a slot of ${steps} steps would have ${segments} segments, a commit holds ${MOST_SEGMENTS}`;
  },

  segmentFitsSlot: (params) => rising(params, ["training.diloco.SEGMENT_STEPS", "training.diloco.INNER_STEPS"]),

  auditFitsWindow: (params) => rising(params, ["training.audit.AUDIT_TIMEOUT", "training.audit.AUDIT_WINDOW"]),
} as const satisfies { readonly [name: string]: Invariant };

/** The first invariant that does not hold. */
export function checkInvariants(params: Params): ParamProblem | undefined {
  for (const [invariant, check] of Object.entries(INVARIANTS)) {
    const detail = check(params);
    if (detail !== undefined) return { code: "PARAM_INVARIANT", invariant, detail };
  }
  return undefined;
}

function rising(params: Params, keys: readonly NumberKey[], order?: "strictly"): string | undefined {
  for (const [index, key] of keys.slice(1).entries()) {
    const before = keys[index]!;
    const [low, high] = [params.get(before), params.get(key)];
    if (low > high || (order === "strictly" && low === high))
      return `${before} must ${order === "strictly" ? "be below" : "not be above"} ${key}`;
  }
  return undefined;
}
