/** Transactions and what became of them. */
import { event, transaction } from "@neuroshard/protocol";
import { type Static, Type } from "typebox";
import { faultView } from "./errorView.ts";
import { addressText, closedObject, countNumber, digestText, heightNumber, hexText, wireObject } from "./primitives.ts";

/** What fits a request: the protocol's bound of a transaction, in hexadecimal. */
const MOST_TRANSACTION_HEX = 800_000;

export const eventView = wireObject(event);
export type EventView = Static<typeof eventView>;

export const outcomeView = Type.Union([
  Type.Object({ kind: Type.Literal("accepted"), events: Type.Array(eventView) }),
  Type.Object({ kind: Type.Literal("rejected"), fault: faultView }),
]);
export type OutcomeView = Static<typeof outcomeView>;

const place = {
  height: heightNumber,
  index: Type.Integer({
    ...countNumber,
    description: "place in the block, counted from 1; 0 is what the block itself did",
  }),
};

/**
 * `kind`, `sender` and `nonce` are null where the bytes in the block are no transaction; the id too for what a block did
 * itself, which can be a part of an account's history.
 */
export const transactionSummary = Type.Object({
  transactionId: Type.Union([digestText, Type.Null()]),
  ...place,
  kind: Type.Union([Type.String(), Type.Null()]),
  sender: Type.Union([addressText, Type.Null()]),
  nonce: Type.Union([countNumber, Type.Null()]),
  outcome: outcomeView,
});
export type TransactionSummary = Static<typeof transactionSummary>;

const content = Type.Union([wireObject(transaction), Type.Null()]);

/** `rejected` without a height: it never came into a block. */
export const transactionView = Type.Union([
  Type.Object({ state: Type.Literal("pending"), transactionId: digestText }),
  Type.Object({
    state: Type.Literal("committed"),
    transactionId: digestText,
    ...place,
    transaction: content,
    events: Type.Array(eventView),
  }),
  Type.Object({
    state: Type.Literal("rejected"),
    transactionId: digestText,
    height: Type.Union([heightNumber, Type.Null()]),
    index: Type.Union([countNumber, Type.Null()]),
    transaction: content,
    fault: faultView,
  }),
]);
export type TransactionView = Static<typeof transactionView>;

export const submission = closedObject({
  transaction: Type.String({ ...hexText, minLength: 2, maxLength: MOST_TRANSACTION_HEX }),
});

export const submittedView = Type.Object({
  transactionId: digestText,
  isKnown: Type.Boolean({ description: "whether the node had the same transaction already; nothing happens twice" }),
});
export type SubmittedView = Static<typeof submittedView>;

export const transactionPage = Type.Object({
  transactions: Type.Array(transactionSummary),
  next: Type.Union([Type.String(), Type.Null()], { description: "`before` of the next page; null: this is the last" }),
});
export type TransactionPage = Static<typeof transactionPage>;
