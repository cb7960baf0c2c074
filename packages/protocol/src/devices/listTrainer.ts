/** The list of devices that train, from which rounds draw their roster. Spec: spec/devices.md#D1. */
import type { Draft } from "../state/draft.ts";
import type { DeviceKey } from "../types/identifiers.ts";

export function listTrainer(draft: Draft, device: DeviceKey, isTrainer: boolean): void {
  const { devices } = draft.cell("trainers");
  if (devices.includes(device) === isTrainer) return;
  const next = isTrainer ? [...devices, device] : devices.filter((each) => each !== device);
  draft.setCell("trainers", { devices: next });
}
