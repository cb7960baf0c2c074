/** How many inner steps a device gets in a slot: as many as it makes in the time that a round aims at. Spec: spec/rounds.md#R2. */
import type { Params } from "../params/params.ts";

/** @param speed Inner steps in 1000 seconds. */
export function slotSteps(speed: number, params: Params): number {
  const inTime = Math.floor((speed * params.get("training.diloco.ROUND_TARGET_SECONDS")) / 1000);
  return Math.min(params.get("training.diloco.INNER_STEPS"), Math.max(1, inTime));
}
