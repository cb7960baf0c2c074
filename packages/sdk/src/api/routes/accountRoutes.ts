/** Routes about accounts. */
import { accountView } from "../schemas/accountViews.ts";
import { addressText, closedObject } from "../schemas/primitives.ts";
import { stateProofView } from "../schemas/proofViews.ts";
import { transactionPage } from "../schemas/transactionViews.ts";
import { historyQuery } from "./historyQuery.ts";
import { NOTHING, type Route } from "./route.ts";

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
