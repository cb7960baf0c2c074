/** Routes about parameters. */
import { Type } from "typebox";
import { paramHistoryView, paramsView, paramView } from "../schemas/paramViews.ts";
import { closedObject, heightNumber, paramKeyText } from "../schemas/primitives.ts";
import { stateProofView } from "../schemas/proofViews.ts";
import { NOTHING, type Route } from "./route.ts";

const byKey = closedObject({ key: paramKeyText });
const atHeight = closedObject({ height: Type.Optional(heightNumber) });

export const paramRoutes = {
  listParams: {
    method: "GET",
    path: "/api/v1/params",
    group: "params",
    scope: "read",
    summary: "All parameters as they were at a height, or are now",
    params: NOTHING,
    query: atHeight,
    body: null,
    answer: { kind: "json", schema: paramsView },
    errors: [],
  },
  getParam: {
    method: "GET",
    path: "/api/v1/params/{key}",
    group: "params",
    scope: "read",
    summary: "One parameter as it was at a height, or is now",
    params: byKey,
    query: atHeight,
    body: null,
    answer: { kind: "json", schema: paramView },
    errors: ["NOT_FOUND"],
  },
  getParamHistory: {
    method: "GET",
    path: "/api/v1/params/{key}/history",
    group: "params",
    scope: "read",
    summary: "Everything that a parameter has been",
    params: byKey,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: paramHistoryView },
    errors: ["NOT_FOUND"],
  },
  getParamProof: {
    method: "GET",
    path: "/api/v1/params/{key}/proof",
    group: "params",
    scope: "read",
    summary: "Proof of a parameter's history under a signed header",
    params: byKey,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: stateProofView },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
