/** What a claim of work must stay below to be plausible at all; audits decide about the rest. Figures of the ancestor. */
import { paramModule } from "../entry.ts";

const rules = { types: ["econ", "net"], cooldownDays: 1 } as const;

export const proofLimits = paramModule("economics.constants", rules, {
  MAX_UPTIME_PER_PROOF: limit(120, "seconds", "Most time online in one claim."),
  MAX_TOKENS_PER_MINUTE: limit(1_000_000, "tokens per minute", "Most tokens that one node can have served."),
  MAX_PROOFS_PER_HOUR: limit(120, "claims per hour", "Most claims of one node."),
  PROOF_FRESHNESS_WINDOW: window(300, "Oldest height that a claim may name, seen from the block that has it."),
  PROOF_FUTURE_WINDOW: window(60, "Farthest height ahead that a claim may name."),
});

export const consensusVerifier = paramModule("consensus.verifier", rules, {
  MAX_TRAINING_RATE_PER_SEC: {
    type: "decimal",
    unit: "batches per second",
    default: "2",
    range: ["0.1", "10000"],
    maxStep: "1",
    isEmergencyChangeable: true,
    doc: "Most work units that one device can claim in a second.",
  },
  MAX_INFERENCE_TOKENS_PER_SEC: limit(5000, "tokens per second", "Most tokens that one device can claim in a second."),
  TOKEN_PLAUSIBILITY_FACTOR: {
    type: "decimal",
    unit: "factor",
    default: "2",
    range: ["1", "100"],
    doc: "How far above MAX_TOKENS_PER_MINUTE a short burst may lie.",
  },
  MIN_UPTIME_FOR_TRAINING_REWARD: limit(10, "seconds", "Least time online in a claim of training."),
  MAX_UPTIME_SECONDS: limit(86_400, "seconds", "Most time online that any claim can name."),
  MAX_LAYERS_HELD: limit(128, "layers", "Most layers that one device can claim to hold."),
  COUNTER_SLACK_BATCHES: limit(10, "batches", "How far a node's own count may lag behind its claim."),
});

function limit(count: number, unit: string, doc: string) {
  const range = [1, 1_000_000_000] as const;
  return { type: "integer", unit, default: count, range, maxStep: "1", isEmergencyChangeable: true, doc } as const;
}

function window(seconds: number, doc: string) {
  return { type: "integer", unit: "blocks", default: { seconds }, range: [1, 100_000], maxStep: "1", doc } as const;
}
