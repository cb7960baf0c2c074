/** Rounds of training as the chain has them: slots, commits, audits, each in the form of the protocol. */
import { auditRecord, commitRecord, roundRecord } from "@neuroshard/protocol";
import { type Static, Type } from "typebox";
import { countNumber, digestText, heightNumber, timeMs, wireObject } from "./primitives.ts";
import { eventView } from "./transactionViews.ts";

/** What came of the work of a round, by the block that settled it. */
const payView = Type.Object({
  height: heightNumber,
  timeMs,
  events: Type.Array(eventView, {
    description: "rewarded, auditRewarded and payForfeited, each of one slot; held: the part that went to the bond",
  }),
});

export const roundView = Type.Object({
  round: wireObject(roundRecord),
  commits: Type.Array(wireObject(commitRecord), { description: "of the slots that have committed" }),
  audits: Type.Array(wireObject(auditRecord), { description: "drawn so far" }),
  pay: Type.Union([payView, Type.Null()], {
    description: "null before the round is settled, and where the node does not have the block that paid it",
  }),
});
export type RoundView = Static<typeof roundView>;

export const roundsView = Type.Object({
  rounds: Type.Array(wireObject(roundRecord), { description: "the newest first" }),
});
export type RoundsView = Static<typeof roundsView>;

/** Where the training of a network stands; losses in nats. */
export const trainingView = Type.Object({
  round: Type.Integer({ ...countNumber, description: "the newest; 0 before the first" }),
  phase: Type.String({ description: "train, exchange, outer, done or failed; idle before the first round" }),
  modelRound: Type.Integer({ ...countNumber, description: "the round that made the newest model; 0: the first model" }),
  modelDigest: Type.String({ ...digestText, description: "of the weights of the newest model" }),
  steps: Type.Integer({ ...countNumber, description: "inner steps of the network so far" }),
  loss: Type.Union([Type.Number(), Type.Null()], {
    description: "mean training loss that the trainers of the newest finished round reported last",
  }),
  validationLoss: Type.Union([Type.Number(), Type.Null()], { description: "of the newest evaluated model" }),
});
