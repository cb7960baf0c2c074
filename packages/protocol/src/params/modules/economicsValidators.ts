/** Who may validate: stake by number of validators, memory, pay and committees. The tiers are those of the ancestor. */
import { paramModule } from "../entry.ts";

const rules = { types: ["econ", "net"], cooldownDays: 7 } as const;

/** The first tier whose bound the number of validators does not pass decides. */
export const validatorTierParams = paramModule("economics.constants", rules, {
  VALIDATOR_TIER_1_MAX_COUNT: tierCount(2, "first"),
  VALIDATOR_TIER_2_MAX_COUNT: tierCount(10, "second"),
  VALIDATOR_TIER_3_MAX_COUNT: tierCount(50, "third"),
  VALIDATOR_TIER_4_MAX_COUNT: tierCount(200, "fourth"),
  VALIDATOR_TIER_5_MAX_COUNT: tierCount(1000, "fifth"),
  VALIDATOR_TIER_1_STAKE: tierStake("0", "first"),
  VALIDATOR_TIER_2_STAKE: tierStake("100", "second"),
  VALIDATOR_TIER_3_STAKE: tierStake("250", "third"),
  VALIDATOR_TIER_4_STAKE: tierStake("500", "fourth"),
  VALIDATOR_TIER_5_STAKE: tierStake("1000", "fifth"),
  VALIDATOR_TIER_6_STAKE: tierStake("2500", "sixth, unbounded"),
});

export const economicsValidators = paramModule("economics.constants", rules, {
  VALIDATOR_MIN_STAKE: {
    type: "decimal",
    unit: "NEURO",
    default: "100",
    range: ["0", "100000"],
    maxStep: "0.5",
    doc: "Bonded stake from which a validator is drawn into committees; the ancestor's VALIDATOR_BASE_STAKE is the same.",
  },
  VALIDATOR_MIN_MEMORY_MB: {
    type: "integer",
    unit: "MB",
    default: 2000,
    range: [0, 1_000_000],
    maxStep: "1",
    doc: "Memory that a device must declare to validate.",
  },
  VALIDATION_FEE_PER_PROOF: {
    type: "decimal",
    unit: "NEURO per audit",
    default: "0.001",
    range: ["0", "1"],
    maxStep: "0.5",
    doc: "Pay for one audit, from the emission of the round, in proportion to the work replayed.",
  },
  VALIDATION_CONSENSUS_THRESHOLD: {
    type: "decimal",
    unit: "fraction",
    default: "0.66",
    range: ["0.5", "1"],
    doc: "Part of a committee's stake that must agree.",
  },
  VALIDATOR_ROTATION_ENABLED: {
    type: "flag",
    unit: "flag",
    default: true,
    doc: "Whether committees are drawn anew for every item.",
  },
  VALIDATOR_SELECTION_RANDOMNESS: {
    type: "decimal",
    unit: "fraction",
    default: "0.3",
    range: ["0", "1"],
    doc: "Weight of chance against stake when a committee is drawn.",
  },
  VALIDATOR_COMMITTEE_SIZE: {
    type: "integer",
    unit: "validators",
    default: 3,
    range: [1, 31],
    doc: "Validators that settle a disputed audit.",
  },
  MIN_VALIDATORS: {
    type: "integer",
    unit: "validators",
    default: { main: 2, devnet: 1, minimal: 1 },
    range: [1, 100],
    doc: "Number of validators below which nobody loses the role for want of stake.",
  },
});

function tierCount(count: number, ordinal: string) {
  return {
    type: "integer",
    unit: "validators",
    default: count,
    range: [1, 1_000_000],
    doc: `Largest number of validators in the ${ordinal} tier.`,
  } as const;
}

function tierStake(stake: string, ordinal: string) {
  return {
    type: "decimal",
    unit: "NEURO",
    default: stake,
    range: ["0", "1000000"],
    doc: `Stake that a validator needs in the ${ordinal} tier.`,
  } as const;
}
