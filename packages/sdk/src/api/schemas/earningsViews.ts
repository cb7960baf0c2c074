/** What an account has earned, day by day, and what each amount was for. */
import { type Static, Type } from "typebox";
import { addressText, amountText, countNumber, decimalText, digestText, heightNumber, timeMs } from "./primitives.ts";

const sums = {
  training: Type.String({ ...amountText, description: "for work that was verified, in base units" }),
  audits: Type.String({ ...amountText, description: "for replaying work of others, in base units" }),
  uptime: Type.String({ ...amountText, description: "for being reachable, in base units" }),
  other: Type.String({ ...amountText, description: "for proposals in force and for evidence, in base units" }),
  slashed: Type.String({ ...amountText, description: "taken away, in base units" }),
};

export const EARNING_KINDS = ["training", "audit", "uptime", "proposal", "evidence", "slashed", "forfeited"] as const;
export type EarningKind = (typeof EARNING_KINDS)[number];

const reasonView = Type.Object({
  height: heightNumber,
  timeMs,
  kind: Type.Enum(EARNING_KINDS),
  amount: Type.String({ ...amountText, description: "what is held included; of `slashed`: what was taken" }),
  held: Type.String({ ...amountText, description: "part of `amount` that is held as a bond, in base units" }),
  round: Type.Union([countNumber, Type.Null()]),
  slot: Type.Union([countNumber, Type.Null()]),
  work: Type.Union(
    [
      Type.Object({
        device: Type.String(),
        commit: Type.String({ ...digestText, description: "of the work that is paid" }),
        units: Type.Integer({ ...countNumber, description: "inner steps" }),
        rate: Type.String({ ...amountText, description: "of one unit, in base units" }),
        multiplier: Type.String({ ...decimalText, description: "of the stake; amount = units x rate x multiplier" }),
      }),
      Type.Null(),
    ],
    { description: "of `training` alone" },
  ),
  audit: Type.Union(
    [
      Type.Object({
        outcome: Type.String({ description: "honest, wrong, unavailable, lapsed or unsettled; open while it runs" }),
        confirmedBy: Type.Integer({ ...countNumber, description: "auditors who found the same" }),
      }),
      Type.Null(),
    ],
    { description: "null where the work was not drawn for an audit" },
  ),
});

export const earningsView = Type.Object({
  address: addressText,
  height: Type.Integer({ ...heightNumber, description: "of the last block that is counted" }),
  perDay: Type.Array(Type.Object({ day: Type.String({ description: "UTC, YYYY-MM-DD, by the blocks" }), ...sums }), {
    description: "days with anything to tell, the newest first",
  }),
  last24h: Type.String({ ...amountText, description: "earned in the 24 hours before the last block, in base units" }),
  total: Type.Object(sums),
  sinceHeight: Type.Integer({ ...heightNumber, description: "first block that `total` counts" }),
  isComplete: Type.Boolean({ description: "whether that is all this node has; if not, ask again in a moment" }),
  reasons: Type.Object({
    items: Type.Array(reasonView, { description: "the newest first" }),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "`before` of the next page; null: this is the last",
    }),
  }),
});
export type EarningsView = Static<typeof earningsView>;
export type EarningReason = EarningsView["reasons"]["items"][number];
