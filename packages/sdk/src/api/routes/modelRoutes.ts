/** Routes about the trained model, and how it came to be. */
import { Type } from "typebox";
import { curveView } from "../schemas/curveViews.ts";
import { modelView } from "../schemas/modelViews.ts";
import { closedObject } from "../schemas/primitives.ts";
import { NOTHING, type Route } from "./route.ts";

const MOST_POINTS = 2000;

export const modelRoutes = {
  getModel: {
    method: "GET",
    path: "/api/v1/model",
    group: "model",
    scope: "read",
    summary: "The newest model, and what can be expected of it",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: modelView },
    errors: ["MODEL_NOT_READY"],
  },
  getRoundCurve: {
    method: "GET",
    path: "/api/v1/rounds/curve",
    group: "rounds",
    scope: "read",
    summary: "How the loss fell over all rounds, thinned",
    params: NOTHING,
    query: closedObject({ points: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_POINTS })) }),
    body: null,
    answer: { kind: "json", schema: curveView },
    errors: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
