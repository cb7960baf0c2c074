/** Retire a device: it works for nobody any more, and its key may be registered again. Spec: spec/devices.md#D2. */
import { removeValidatorDevice } from "../staking/validators.ts";
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { changeDeviceCount } from "./deviceCount.ts";

export const retireDevice: Apply<"retireDevice"> = (draft, { sender, body: { device } }) => {
  const known = draft.get("devices", device);
  if (known === undefined) return reject({ code: "DEVICE_UNKNOWN", device });
  if (known.account !== sender) return reject({ code: "DEVICE_NOT_YOURS", device, account: known.account });
  draft.remove("devices", device);
  changeDeviceCount(draft, sender, -1);
  const left = known.facts.roles.includes("validator") ? removeValidatorDevice(draft, sender) : [];
  return accept({ kind: "deviceRetired", account: sender, device }, ...left);
};
