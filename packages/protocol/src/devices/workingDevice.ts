/** The device that signed a transaction of work. Spec: spec/devices.md#D3. */
import type { Draft } from "../state/draft.ts";
import type { Device } from "../state/tables.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { DeviceKey } from "../types/identifiers.ts";
import type { DEVICE_ROLES } from "../types/transaction.ts";

export type WorkingDevice = { readonly ok: true; readonly device: Device } | Rejected;

export function workingDevice(draft: Draft, signer: DeviceKey, role: (typeof DEVICE_ROLES)[number]): WorkingDevice {
  const device = draft.get("devices", signer);
  if (device === undefined) return reject({ code: "DEVICE_UNKNOWN", device: signer });
  if (!device.facts.roles.includes(role)) return reject({ code: "DEVICE_ROLE_MISSING", device: signer, role });
  return { ok: true, device };
}
