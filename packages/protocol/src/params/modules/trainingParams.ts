/** How a round trains, what is exchanged, and how it is audited. */
import { type PerPreset, paramModule, type Quantity } from "../entry.ts";

const rules = { types: ["train"], cooldownDays: 1 } as const;

export const trainingDiloco = paramModule("training.diloco", rules, {
  INNER_STEPS: {
    type: "integer",
    unit: "steps",
    default: { main: 500, devnet: 50, minimal: 4 },
    range: [1, 10_000],
    maxStep: "1",
    doc: "Most inner steps of one slot in a round; slower devices get fewer.",
  },
  SEGMENT_STEPS: {
    type: "integer",
    unit: "steps",
    default: { main: 10, devnet: 5, minimal: 2 },
    range: [1, 1000],
    maxStep: "1",
    doc: "Inner steps of a segment, the smallest thing an auditor replays.",
  },
  ROUND_TARGET_SECONDS: {
    type: "integer",
    unit: "seconds",
    default: { main: 600, devnet: 15, minimal: 4 },
    range: [1, 86_400],
    maxStep: "1",
    doc: "Time that the inner steps of a slot should take.",
  },
  OUTER_LEARNING_RATE: {
    type: "decimal",
    unit: "factor",
    default: "0.7",
    range: ["0", "2"],
    maxStep: "0.5",
    doc: "Step size of the outer step.",
  },
  OUTER_MOMENTUM: {
    type: "decimal",
    unit: "factor",
    default: "0.9",
    range: ["0", "0.999"],
    maxStep: "0.5",
    doc: "Nesterov momentum of the outer step.",
  },
  AGGREGATOR: {
    type: "word",
    unit: "word",
    words: ["mean", "trimmed-mean", "coordinate-median", "krum", "multi-krum", "geometric-median"],
    default: "trimmed-mean",
    doc: "How the contributions of a round become one.",
  },
  TRIM_FRACTION: {
    type: "decimal",
    unit: "fraction",
    default: "0.1",
    range: ["0", "0.4"],
    doc: "Part of the contributions that the trimmed mean drops on each side.",
  },
  COMPRESSION: {
    type: "word",
    unit: "word",
    words: ["int8", "int4", "top-k"],
    default: "int8",
    doc: "Form in which contributions are exchanged.",
  },
  MAX_SLOTS: {
    type: "integer",
    unit: "slots",
    default: 16,
    range: [1, 4096],
    maxStep: "1",
    doc: "Most contributions that every node pulls in full.",
  },
  EVAL_ROUNDS: {
    type: "integer",
    unit: "rounds",
    default: 5,
    range: [1, 1000],
    maxStep: "1",
    doc: "Rounds between two evaluations on the held-out part.",
  },
  TRAIN_TIMEOUT: phase(
    { main: { seconds: 1800 }, devnet: 60, minimal: 8 },
    "Most time of the training phase of a round.",
  ),
  EXCHANGE_TIMEOUT: phase(
    { main: { seconds: 600 }, devnet: 30, minimal: 4 },
    "Most time of the exchange phase of a round.",
  ),
  OUTER_TIMEOUT: phase({ main: { seconds: 600 }, devnet: 30, minimal: 4 }, "Most time of the outer step of a round."),
});

export const trainingAudit = paramModule("training.audit", rules, {
  AUDIT_PROBABILITY: {
    type: "decimal",
    unit: "probability",
    default: "0.05",
    range: ["0.001", "1"],
    maxStep: "1",
    isEmergencyChangeable: true,
    doc: "Chance that a contribution is audited.",
  },
  SECOND_AUDITOR_PROBABILITY: {
    type: "decimal",
    unit: "probability",
    default: "0.25",
    range: ["0.01", "1"],
    maxStep: "1",
    isEmergencyChangeable: true,
    doc: "Chance that an audit has a second auditor.",
  },
  UNBONDED_AUDIT_PROBABILITY: {
    type: "decimal",
    unit: "probability",
    default: "1",
    range: ["0.05", "1"],
    doc: "Chance of an audit while the reward bond of the device is not full.",
  },
  FAILED_AUDIT_PROBABILITY: {
    type: "decimal",
    unit: "probability",
    default: "0.5",
    range: ["0.05", "1"],
    doc: "Chance of an audit for a device that failed one before.",
  },
  SLASH_GAIN_FACTOR: {
    type: "decimal",
    unit: "factor",
    default: "1",
    range: ["0", "10"],
    doc: "A slash is at least this many times gain / AUDIT_PROBABILITY.",
  },
  AUDIT_WINDOW: {
    type: "integer",
    unit: "blocks",
    // On `devnet` a day is shorter than an audit takes machines that are busy with training.
    default: { main: { days: 1 }, devnet: 60, minimal: { days: 1 } },
    range: [1, { days: 30 }],
    maxStep: "1",
    doc: "Time in which audits of a round are settled and its pay is held.",
  },
  AUDIT_TIMEOUT: phase({ main: { seconds: 1800 }, devnet: 20, minimal: 3 }, "Most time for the answer of an auditor."),
});

function phase(limit: PerPreset<Quantity>, doc: string) {
  return {
    type: "integer",
    unit: "blocks",
    default: limit,
    range: [1, { days: 7 }],
    maxStep: "1",
    doc,
  } as const;
}
