/** Routes about accounts. */
import { Type } from "typebox";
import { accountView } from "../schemas/accountViews.ts";
import { earningsView } from "../schemas/earningsViews.ts";
import { addressText, closedObject } from "../schemas/primitives.ts";
import { stateProofView } from "../schemas/proofViews.ts";
import { transactionPage } from "../schemas/transactionViews.ts";
import { historyQuery } from "./historyQuery.ts";
import { NOTHING, type Route } from "./route.ts";

const MOST_DAYS = 366;

const byAddress = closedObject({ address: addressText });

export const accountRoutes = {
  getAccount: {
    method: "GET",
    path: "/api/v1/accounts/{address}",
    group: "accounts",
    scope: "read",
    summary: "What an account holds, stakes and votes with; zeros where it never had anything",
    params: byAddress,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: accountView },
    errors: [],
  },
  listAccountTransactions: {
    method: "GET",
    path: "/api/v1/accounts/{address}/transactions",
    group: "accounts",
    scope: "read",
    summary: "Transactions that an account sent or received, the newest first",
    params: byAddress,
    query: historyQuery,
    body: null,
    answer: { kind: "json", schema: transactionPage },
    errors: [],
  },
  getEarnings: {
    method: "GET",
    path: "/api/v1/accounts/{address}/earnings",
    group: "accounts",
    scope: "read",
    summary: "What an account has earned by day, and what each amount was for",
    params: byAddress,
    query: closedObject({
      ...historyQuery.properties,
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_DAYS, description: "most days, the newest" })),
    }),
    body: null,
    answer: { kind: "json", schema: earningsView },
    errors: [],
  },
  getAccountProof: {
    method: "GET",
    path: "/api/v1/accounts/{address}/proof",
    group: "accounts",
    scope: "read",
    summary: "Proof of balance and nonce under a signed header",
    params: byAddress,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: stateProofView },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
