/** Liveness is told in epochs of blocks. Spec: spec/rounds.md#R1. */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DeviceKey } from "../types/identifiers.ts";

type Moment = Pick<BlockContext, "height" | "params">;

export function epochOf(height: number, { params }: Pick<BlockContext, "params">): number {
  return Math.floor(height / params.get("network.limits.LIVENESS_BLOCKS"));
}

/** A quorum saw the device in this epoch or the last, or it has only just come and nobody had the time. */
export function isLive(draft: Draft, device: DeviceKey, moment: Moment): boolean {
  const registered = draft.get("devices", device);
  if (registered === undefined) return false;
  const last = epochOf(moment.height, moment) - 1;
  const liveThrough = draft.get("liveness", device)?.liveThrough ?? null;
  return (liveThrough !== null && liveThrough >= last) || epochOf(registered.registeredAt, moment) >= last;
}
