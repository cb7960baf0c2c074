/** Routes about transactions. */
import type { ApiErrorCode } from "../errors/apiErrorCode.ts";
import { REJECTION_CODES } from "../errors/describeRejection.ts";
import { closedObject, digestText } from "../schemas/primitives.ts";
import { transactionProofView } from "../schemas/proofViews.ts";
import { submission, submittedView, transactionView } from "../schemas/transactionViews.ts";
import { NOTHING, type Route } from "./route.ts";

const SUBMISSION_ERRORS = [
  "TOO_LARGE",
  "UNSUPPORTED_MEDIA",
  "TRANSACTION_TOO_LARGE",
  "POOL_FULL",
  "TOO_MANY_PENDING",
  "READ_ONLY",
  "IDEMPOTENCY_CONFLICT",
] as const satisfies readonly ApiErrorCode[];

const byId = closedObject({ id: digestText });

export const transactionRoutes = {
  sendTransaction: {
    method: "POST",
    path: "/api/v1/transactions",
    group: "transactions",
    scope: "wallet",
    summary: "Hand in a signed transaction; handing it in again changes nothing",
    params: NOTHING,
    query: NOTHING,
    body: submission,
    takesKey: true,
    answer: { kind: "json", schema: submittedView },
    errors: [...SUBMISSION_ERRORS, ...REJECTION_CODES],
  },
  getTransaction: {
    method: "GET",
    path: "/api/v1/transactions/{id}",
    group: "transactions",
    scope: "read",
    summary: "What became of a transaction",
    params: byId,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: transactionView },
    errors: ["NOT_FOUND"],
  },
  getTransactionProof: {
    method: "GET",
    path: "/api/v1/transactions/{id}/proof",
    group: "transactions",
    scope: "read",
    summary: "Proof that a block holds a transaction, and of its receipt",
    params: byId,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: transactionProofView },
    errors: ["NOT_FOUND"],
  },
} as const satisfies Readonly<Record<string, Route>>;
