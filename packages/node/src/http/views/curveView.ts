/** A curve of so many points at most, of which the first and the last are always there. */
import type { CurveView } from "@neuroshard/sdk/api";
import type { Curve } from "../../operation/roundCurve.ts";

export function curveView({ rounds, isComplete }: Curve, most: number): CurveView {
  const count = Math.min(most, rounds.length);
  const last = rounds.length - 1;
  const chosen = Array.from({ length: count }, (_, index) => {
    return rounds[count === 1 ? last : Math.round((index * last) / (count - 1))]!;
  });
  const points = chosen.map(({ round, steps, loss, validationLoss, endedAtMs }) => {
    return { round, steps, loss, validationLoss, endedAtMs };
  });
  return { points, rounds: rounds.length, isComplete };
}
