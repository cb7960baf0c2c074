/** Blocks as people and programs read them; followers take the bytes. */
import { type Static, Type } from "typebox";
import { countNumber, digestText, heightNumber, hexText, timeMs } from "./primitives.ts";
import { eventView, transactionSummary } from "./transactionViews.ts";

const headerMembers = {
  height: heightNumber,
  hash: digestText,
  parent: digestText,
  timeMs,
  transactionCount: countNumber,
  transactionRoot: digestText,
  receiptRoot: digestText,
  stateRoot: digestText,
  proposer: Type.String({ ...hexText, description: "public key, hexadecimal" }),
};

export const headerView = Type.Object(headerMembers);
export type HeaderView = Static<typeof headerView>;

export const blockView = Type.Object({
  ...headerMembers,
  signature: hexText,
  events: Type.Array(eventView, { description: "what the block itself did, before its transactions" }),
  transactions: Type.Array(transactionSummary),
});
export type BlockView = Static<typeof blockView>;

export const blockPage = Type.Object({
  blocks: Type.Array(headerView),
  next: Type.Union([heightNumber, Type.Null()], { description: "`before` of the next page; null: this is the last" }),
});
export type BlockPage = Static<typeof blockPage>;
