/** Routes about validators. */
import { validatorsView } from "../schemas/validatorViews.ts";
import { NOTHING, type Route } from "./route.ts";

export const validatorRoutes = {
  listValidators: {
    method: "GET",
    path: "/api/v1/validators",
    group: "validators",
    scope: "read",
    summary: "Who validates, and how much stake that takes",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: validatorsView },
    errors: [],
  },
} as const satisfies Readonly<Record<string, Route>>;
