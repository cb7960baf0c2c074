/** Routes about rounds of training. */
import { Type } from "typebox";
import { closedObject, countNumber, limitNumber } from "../schemas/primitives.ts";
import { roundsView, roundView } from "../schemas/roundViews.ts";
import { NOTHING, type Route } from "./route.ts";

export const roundRoutes = {
  listRounds: {
    method: "GET",
    path: "/api/v1/rounds",
    group: "rounds",
    scope: "read",
    summary: "Rounds of training, the newest first",
    params: NOTHING,
    query: closedObject({
      limit: Type.Optional(limitNumber),
      before: Type.Optional(Type.Integer({ ...countNumber, description: "only rounds before this one" })),
    }),
    body: null,
    answer: { kind: "json", schema: roundsView },
    errors: [],
  },
  getRound: {
    method: "GET",
    path: "/api/v1/rounds/{round}",
    group: "rounds",
    scope: "read",
    summary: "One round: who trained what, what it came to, who audited whom",
    params: closedObject({ round: countNumber }),
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: roundView },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
