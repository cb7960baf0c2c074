/** Proposals: the text, the chain's record, the vote, and what would change. */
import { NEP_STATUSES, NEP_TYPES, nepDocument, nepRecord } from "@neuroshard/protocol";
import { type Static, Type } from "typebox";
import {
  addressText,
  amountText,
  countNumber,
  decimalText,
  digestText,
  heightNumber,
  wireObject,
} from "./primitives.ts";

export const nepStatusWord = Type.Enum([...NEP_STATUSES]);
export const nepTypeWord = Type.Enum([...NEP_TYPES]);

const labelText = Type.String({ pattern: "^NEP-[0-9]{3,10}$", description: "in the order of the chain" });

const summaryMembers = {
  nepId: digestText,
  label: labelText,
  title: Type.String(),
  nepType: nepTypeWord,
  author: addressText,
  status: nepStatusWord,
  track: Type.String(),
  submittedAt: heightNumber,
  votingFrom: Type.Integer({ ...heightNumber, description: "first height at which votes count" }),
  votingTo: Type.Integer({ ...heightNumber, description: "last height at which votes count" }),
  activateAt: Type.Union([heightNumber, Type.Null()], { description: "planned or past; null: not decided" }),
};

export const nepSummary = Type.Object(summaryMembers);
export type NepSummary = Static<typeof nepSummary>;

export const nepPage = Type.Object({
  height: heightNumber,
  neps: Type.Array(nepSummary, { description: "the newest first" }),
  next: Type.Union([countNumber, Type.Null()], { description: "`before` of the next page; null: this is the last" }),
});
export type NepPage = Static<typeof nepPage>;

export const nepView = Type.Object({
  ...summaryMembers,
  height: Type.Integer({ ...heightNumber, description: "the state that the status is of" }),
  document: wireObject(nepDocument),
  record: wireObject(nepRecord),
  reason: Type.Union([Type.Object({ code: Type.String(), detail: Type.String() }), Type.Null()], {
    description: "why it ended; null: it has not",
  }),
  legacyHash: Type.Union([Type.String(), Type.Null()], {
    description: "the content hash as the ancestor computed it; null: it could not have written this proposal",
  }),
  impact: Type.String({ description: "the declared economic effect in words" }),
});
export type NepView = Static<typeof nepView>;

const measure = Type.Object({
  actual: Type.Union([decimalText, Type.Null()], {
    description: "fraction, rounded down after 18 decimals; null: the chain has forgotten the stakes of that time",
  }),
  needed: decimalText,
  isReached: Type.Boolean(),
});

export const tallyView = Type.Object({
  nepId: digestText,
  label: labelText,
  height: heightNumber,
  status: nepStatusWord,
  yes: amountText,
  no: amountText,
  abstain: amountText,
  veto: amountText,
  voters: countNumber,
  totalPower: Type.Union([amountText, Type.Null()], {
    description: "stake at the snapshot; null: the proposal has ended and the chain has forgotten it",
  }),
  percent: Type.Object(
    { yes: decimalText, no: decimalText, abstain: decimalText, veto: decimalText },
    { description: "of the power that voted" },
  ),
  quorum: measure,
  approval: measure,
  vetoed: measure,
  isPassing: Type.Boolean({ description: "whether it was approved, or would be if voting ended now" }),
  missing: Type.Array(Type.String(), { description: "what it failed for, or would fail for; empty: nothing" }),
});
export type TallyView = Static<typeof tallyView>;

export const votePage = Type.Object({
  nepId: digestText,
  votes: Type.Array(
    Type.Object({
      voter: addressText,
      power: amountText,
      split: Type.Object(
        { yes: countNumber, no: countNumber, abstain: countNumber, veto: countNumber },
        { description: "ten-thousandths" },
      ),
      sequence: countNumber,
    }),
    { description: "by power, the largest first" },
  ),
  next: Type.Union([countNumber, Type.Null()], { description: "`offset` of the next page; null: this is the last" }),
});
export type VotePage = Static<typeof votePage>;

export const nepDiffView = Type.Object({
  nepId: digestText,
  label: labelText,
  height: heightNumber,
  changes: Type.Array(
    Type.Object({
      key: Type.String(),
      current: Type.String({ description: "in force now" }),
      oldValue: Type.String({ description: "what the proposal expects to replace" }),
      newValue: Type.String(),
      isStale: Type.Boolean({ description: "neither the old nor the new value is in force: it could not be applied" }),
      rationale: Type.String(),
    }),
  ),
});
export type NepDiffView = Static<typeof nepDiffView>;
