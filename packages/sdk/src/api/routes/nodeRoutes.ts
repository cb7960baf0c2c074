/** Routes about the node itself: what it does, what it may use, its log; and what watches over it from outside. */
import { Type } from "typebox";
import { LOG_LEVELS, logPage } from "../schemas/logViews.ts";
import { healthView, limitsChange, limitsView, nodeView, stoppingView } from "../schemas/nodeViews.ts";
import { closedObject, countNumber } from "../schemas/primitives.ts";
import { NOTHING, type Route } from "./route.ts";

const MOST_LOG_ENTRIES = 1000;

const logQuery = closedObject({
  since: Type.Optional(Type.Integer({ ...countNumber, description: "only entries with this id or a later one" })),
  level: Type.Optional(Type.Enum(LOG_LEVELS, { description: "this level and graver ones" })),
  component: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
  text: Type.Optional(Type.String({ minLength: 1, maxLength: 128, description: "in the message, in any case" })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST_LOG_ENTRIES, description: "most entries; the newest that fit" }),
  ),
});

export const nodeRoutes = {
  getNode: {
    method: "GET",
    path: "/api/v1/node",
    group: "node",
    scope: "read",
    summary: "What this node is, what it does and what it uses",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: nodeView },
    errors: [],
  },
  getLimits: {
    method: "GET",
    path: "/api/v1/node/limits",
    group: "node",
    scope: "read",
    summary: "How much of the machine this node may use",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: limitsView },
    errors: ["NOT_FOUND"],
  },
  setLimits: {
    method: "PUT",
    path: "/api/v1/node/limits",
    group: "node",
    scope: "admin",
    summary: "Change how much of the machine this node may use, at once or from its next piece of work on",
    params: NOTHING,
    query: NOTHING,
    body: limitsChange,
    answer: { kind: "json", schema: limitsView },
    errors: ["NOT_FOUND", "TOO_LARGE", "UNSUPPORTED_MEDIA"],
  },
  stopNode: {
    method: "POST",
    path: "/api/v1/node/stop",
    group: "node",
    scope: "admin",
    summary: "Stop this node in order",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: stoppingView },
    errors: [],
  },
  listLogs: {
    method: "GET",
    path: "/api/v1/logs",
    group: "node",
    scope: "admin",
    summary: "What the node wrote into its log lately",
    params: NOTHING,
    query: logQuery,
    body: null,
    answer: { kind: "json", schema: logPage },
    errors: [],
  },
  getHealth: {
    method: "GET",
    path: "/healthz",
    group: "node",
    scope: null,
    summary: "Whether the node is well: 200 or 503, for whatever watches over it",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: healthView },
    errors: [],
  },
  getMetrics: {
    method: "GET",
    path: "/metrics",
    group: "node",
    scope: "read",
    summary: "Figures for Prometheus",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: {
      kind: "text",
      mediaType: "text/plain; version=0.0.4; charset=utf-8",
      description: "text format of Prometheus",
    },
    errors: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
