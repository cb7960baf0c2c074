/** Items of the event stream, by kind: blocks, what happens in rounds, lines of the log. */
import { type Static, Type } from "typebox";
import { blockEventView } from "./chainViews.ts";
import { logEntryView } from "./logViews.ts";
import { countNumber } from "./primitives.ts";

export type EventKind = "block" | "round" | "log";

const lossOrNull = Type.Union([Type.Number(), Type.Null()], { description: "nats" });

/** `device`: whom it is about, where this node knows. */
const roundEventView = Type.Union([
  Type.Object({ kind: Type.Literal("phase"), round: countNumber, phase: Type.String(), deadline: countNumber }),
  Type.Object({
    kind: Type.Literal("progress"),
    device: Type.String(),
    round: countNumber,
    slot: countNumber,
    stepsDone: countNumber,
    stepsOf: countNumber,
    loss: lossOrNull,
    tokensPerSecond: Type.Union([Type.Number(), Type.Null()]),
  }),
  Type.Object({
    kind: Type.Literal("model"),
    round: countNumber,
    digest: Type.String({ description: "of the weights" }),
    validationLoss: lossOrNull,
  }),
  Type.Object({
    kind: Type.Literal("settled"),
    round: countNumber,
    slot: countNumber,
    outcome: Type.String(),
    isOwn: Type.Boolean(),
  }),
]);
export type RoundEventView = Static<typeof roundEventView>;

/** What a `data` line holds; the `event` line before it says which. */
export const eventItemView = Type.Union([blockEventView, roundEventView, logEntryView]);
