/** How the loss fell from round to round. */
import { type Static, Type } from "typebox";
import { countNumber, timeMs } from "./primitives.ts";

export const curveView = Type.Object({
  points: Type.Array(
    Type.Object({
      round: countNumber,
      steps: Type.Integer({ ...countNumber, description: "of the network, at the end of the round" }),
      loss: Type.Union([Type.Number(), Type.Null()], {
        description: "mean training loss that trainers reported, nats",
      }),
      validationLoss: Type.Union([Type.Number(), Type.Null()], { description: "null where it was not evaluated" }),
      endedAtMs: timeMs,
    }),
    { description: "finished rounds, the oldest first" },
  ),
  rounds: Type.Integer({ ...countNumber, description: "from how many they were chosen" }),
  isComplete: Type.Boolean({ description: "false while older rounds are still being read from the blocks" }),
});
export type CurveView = Static<typeof curveView>;
