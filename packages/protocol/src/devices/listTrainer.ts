/** The list of devices that train, from which rounds draw their roster. Spec: spec/devices.md#D1. */
import type { Draft } from "../state/draft.ts";
import { MOST_TRAINERS } from "../state/tables.ts";
import type { DeviceKey } from "../types/identifiers.ts";

/** Whether there is no room for one more. */
export function trainersFull(draft: Draft, device: DeviceKey): boolean {
  const { devices } = draft.cell("trainers");
  return devices.length >= MOST_TRAINERS && !devices.includes(device);
}

export function listTrainer(draft: Draft, device: DeviceKey, isTrainer: boolean): void {
  const { devices } = draft.cell("trainers");
  if (devices.includes(device) === isTrainer) return;
  const next = isTrainer ? [...devices, device] : devices.filter((each) => each !== device);
  draft.setCell("trainers", { devices: next });
}
