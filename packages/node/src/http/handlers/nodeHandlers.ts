/** Answers about the node itself, and what changes it. */
import { paramsAt } from "@neuroshard/protocol";
import type { LimitsChange } from "@neuroshard/sdk/api";
import { notFound, refused } from "../httpFault.ts";
import type { HandlerContext, Handlers } from "./handler.ts";

type Id = "getNode" | "getLimits" | "setLimits" | "stopNode" | "listLogs" | "getHealth" | "getMetrics";

const ANSWER_MS = 100;
const USUAL_ENTRIES = 200;
const BYTES_PER_MB = 1e6;

export const nodeHandlers: Handlers<Id> = {
  getNode: ({ operation }) => operation.view(),

  getLimits: ({ operation }) => operation.limits() ?? nothingToLimit(),

  setLimits(context, { body }) {
    requireMemory(context, body);
    requireTrainer(context, body);
    return context.operation.changeLimits(body) ?? nothingToLimit();
  },

  stopNode({ operation }) {
    operation.log.info("node", "asked to stop by its API");
    // The answer leaves first.
    setTimeout(operation.requestStop, ANSWER_MS);
    return { stopping: true };
  },

  listLogs({ operation: { log } }, { query: { limit = USUAL_ENTRIES, ...query } }) {
    return { entries: [...log.ring.query({ ...query, limit })], nextId: log.ring.nextId };
  },

  getHealth({ operation }) {
    const { height, secondsSinceBlock, problem } = operation.health();
    if (problem !== undefined) throw refused("UNAVAILABLE", { reason: problem });
    return { status: "ok", height, secondsSinceBlock };
  },

  getMetrics: ({ operation }) => operation.metrics.render(),
};

function nothingToLimit(): never {
  throw notFound("limit on this node: it takes no part in a network of peers");
}

/** The network refuses a validator with less. */
function requireMemory({ chain: { state }, operation }: HandlerContext, { memoryBytes }: LimitsChange): void {
  const leastMb = paramsAt(state, state.cells.head.height + 1).get("economics.constants.VALIDATOR_MIN_MEMORY_MB");
  const validates = operation.roles.includes("validator");
  if (!validates || memoryBytes === undefined || memoryBytes >= leastMb * BYTES_PER_MB) return;
  const reason = `is below the ${leastMb} MB that a validator needs`;
  throw refused("BAD_REQUEST", { path: "body.memoryBytes", reason });
}

function requireTrainer({ operation: { roles } }: HandlerContext, { isTraining }: LimitsChange): void {
  if (isTraining !== true || roles.length === 0 || roles.includes("trainer")) return;
  const reason = "cannot be true for a node without the role trainer";
  throw refused("BAD_REQUEST", { path: "body.isTraining", reason });
}
