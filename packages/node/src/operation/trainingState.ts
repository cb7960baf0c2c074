/** What the device of a node does in the newest round. */
import { type DeviceKey, roundKey, type State } from "@neuroshard/protocol";
import type { NodeView } from "@neuroshard/sdk/api";
import { type OwnSlot, ownSlot } from "../rounds/moment.ts";
import type { DeviceProgress } from "./roundMonitor.ts";

export interface Trainee {
  /** Undefined without peers. */
  readonly device: DeviceKey | undefined;
  readonly isTrainer: boolean;
  /** By its limits. */
  readonly isPaused: boolean;
  readonly progress: DeviceProgress | undefined;
}

export function trainingStateView(
  { cells, tables }: State,
  { device, isTrainer, isPaused, progress }: Trainee,
): NodeView["training"] {
  const { round: number } = cells.training;
  const round = tables.rounds.get(roundKey(number));
  const slot = round === undefined || device === undefined ? undefined : ownSlot(round, device);
  const isBusy = round?.phase === "train" && slot !== undefined && slot.record.commit === null;
  const current = progress?.round === number ? progress : undefined;
  return {
    state: isBusy ? "training" : restingState(isTrainer, isPaused),
    round: number,
    slot: slot?.index ?? null,
    stepsDone: stepsDoneIn(slot, current),
    stepsOf: slot?.record.steps ?? 0,
    ...latelyOf(progress),
  };
}

function latelyOf(progress: DeviceProgress | undefined): Pick<NodeView["training"], "tokensPerSecond" | "loss"> {
  return { tokensPerSecond: progress?.tokensPerSecond ?? null, loss: progress?.loss ?? null };
}

function stepsDoneIn(slot: OwnSlot | undefined, progress: DeviceProgress | undefined): number {
  if (slot !== undefined && slot.record.commit !== null) return slot.record.steps;
  return progress?.stepsDone ?? 0;
}

function restingState(isTrainer: boolean, isPaused: boolean): NodeView["training"]["state"] {
  if (!isTrainer) return "observing";
  return isPaused ? "paused" : "waiting";
}
