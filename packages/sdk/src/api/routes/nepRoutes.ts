/** Routes about proposals. `{nep}`: the id, the label NEP-NNN, or its number. */
import { Type } from "typebox";
import { nepDiffView, nepPage, nepStatusWord, nepTypeWord, nepView, tallyView, votePage } from "../schemas/nepViews.ts";
import { closedObject, countNumber, limitNumber } from "../schemas/primitives.ts";
import { transactionPage } from "../schemas/transactionViews.ts";
import { historyQuery } from "./historyQuery.ts";
import { NOTHING, type Route } from "./route.ts";

const byNep = closedObject({
  nep: Type.String({
    pattern: "^([0-9a-f]{64}|(NEP-)?[0-9]{1,10})$",
    description: "id, label (NEP-001) or number of a proposal",
  }),
});

export const nepRoutes = {
  listNeps: {
    method: "GET",
    path: "/api/v1/neps",
    group: "neps",
    scope: "read",
    summary: "Proposals, the newest first",
    params: NOTHING,
    query: closedObject({
      status: Type.Optional(nepStatusWord),
      type: Type.Optional(nepTypeWord),
      before: Type.Optional(Type.Integer({ ...countNumber, description: "only labels with a lower number" })),
      limit: Type.Optional(limitNumber),
    }),
    body: null,
    answer: { kind: "json", schema: nepPage },
    errors: [],
  },
  getNep: {
    method: "GET",
    path: "/api/v1/neps/{nep}",
    group: "neps",
    scope: "read",
    summary: "A proposal: its text and all that the chain knows of it",
    params: byNep,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: nepView },
    errors: ["NOT_FOUND"],
  },
  getTally: {
    method: "GET",
    path: "/api/v1/neps/{nep}/tally",
    group: "neps",
    scope: "read",
    summary: "How the vote stands",
    params: byNep,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: tallyView },
    errors: ["NOT_FOUND"],
  },
  listVotes: {
    method: "GET",
    path: "/api/v1/neps/{nep}/votes",
    group: "neps",
    scope: "read",
    summary: "Who voted how",
    params: byNep,
    query: closedObject({ offset: Type.Optional(countNumber), limit: Type.Optional(limitNumber) }),
    body: null,
    answer: { kind: "json", schema: votePage },
    errors: ["NOT_FOUND"],
  },
  getNepDiff: {
    method: "GET",
    path: "/api/v1/neps/{nep}/diff",
    group: "neps",
    scope: "read",
    summary: "What a proposal would change, beside what is in force",
    params: byNep,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: nepDiffView },
    errors: ["NOT_FOUND"],
  },
  listNepTransactions: {
    method: "GET",
    path: "/api/v1/neps/{nep}/transactions",
    group: "neps",
    scope: "read",
    summary: "Transactions about a proposal and what blocks did with it, the newest first",
    params: byNep,
    query: historyQuery,
    body: null,
    answer: { kind: "json", schema: transactionPage },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
