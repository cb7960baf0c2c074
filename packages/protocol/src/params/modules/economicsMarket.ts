/** The inference market: price, capacity, claims and how long things are kept. Figures of the ancestor. */
import { paramModule } from "../entry.ts";

export const economicsMarket = paramModule(
  "economics.market",
  { types: ["econ"], cooldownDays: 1 },
  {
    BASE_PRICE: {
      type: "decimal",
      unit: "NEURO per million tokens",
      default: "0.0001",
      range: ["0", "100"],
      maxStep: "1",
      doc: "Price at no demand; demand u times capacity makes it BASE_PRICE x (1 + u)^2.",
    },
    PRICE_SMOOTHING: {
      type: "decimal",
      unit: "fraction",
      default: "0.8",
      range: ["0", "0.99"],
      doc: "Weight of the old price in the new one.",
    },
    MAX_PRICE_STEP: {
      type: "decimal",
      unit: "fraction",
      default: "0.25",
      range: ["0.01", "1"],
      doc: "Most that one update moves the price, as a part of it.",
    },
    SCARCITY_FACTOR: {
      type: "decimal",
      unit: "factor",
      default: "10",
      range: ["1", "100"],
      doc: "Price factor aimed at while there is demand and no capacity.",
    },
    TARGET_RESPONSE_TIME: {
      type: "integer",
      unit: "seconds",
      default: 60,
      range: [1, 3600],
      maxStep: "1",
      doc: "Time in which demand should be served; sets what counts as full use.",
    },
    CAPACITY_TIMEOUT: timeout(60, "Time after which announced capacity no longer counts."),
    CLAIM_TIMEOUT: timeout(60, "Time after which a claimed request is open again."),
    REQUEST_TIMEOUT: timeout(3600, "Time after which a request is refunded or, when served, forgotten."),
    CAPACITY_INTERVAL: {
      type: "integer",
      unit: "seconds",
      default: 30,
      range: [1, 3600],
      doc: "Least time between two announcements of a node's capacity.",
    },
    MAX_NODE_CAPACITY: {
      type: "integer",
      unit: "tokens per second",
      default: 50_000,
      range: [1, 100_000_000],
      maxStep: "1",
      doc: "Most capacity that one node can announce.",
    },
    PRICE_HISTORY_LENGTH: {
      type: "integer",
      unit: "prices",
      default: 100,
      range: [1, 10_000],
      doc: "Past prices that are kept.",
    },
    RESULT_RETENTION: seconds(300, "Time for which a node keeps a result for its user."),
    PROMPT_RETENTION: seconds(300, "Time for which a node keeps a prompt that nobody has claimed."),
    MAX_QUEUED_PROMPTS: {
      type: "integer",
      unit: "prompts",
      default: 100,
      range: [1, 100_000],
      maxStep: "1",
      doc: "Most prompts that wait at one node.",
    },
    DEFAULT_MAX_TOKENS: {
      type: "integer",
      unit: "tokens",
      default: 100,
      range: [1, 1_000_000],
      doc: "Tokens that a request may use when it does not say.",
    },
    DEFAULT_MAX_PRICE: {
      type: "decimal",
      unit: "NEURO per million tokens",
      default: "1",
      range: ["0", "10000"],
      doc: "Highest price of a request that does not say.",
    },
    MIN_INFERENCE_PAYMENT: {
      type: "decimal",
      unit: "NEURO",
      default: "0.0001",
      range: ["0", "1"],
      doc: "Least that a request costs.",
    },
  },
);

function timeout(seconds: number, doc: string) {
  return { type: "integer", unit: "blocks", default: { seconds }, range: [1, 100_000], maxStep: "1", doc } as const;
}

function seconds(duration: number, doc: string) {
  return { type: "integer", unit: "seconds", default: duration, range: [1, 86_400], maxStep: "1", doc } as const;
}
