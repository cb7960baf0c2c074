/** Retire a device: it works for nobody any more, and its key may be registered again. Spec: spec/devices.md#D2. */
import { releaseBond } from "../rewards/bond.ts";
import { removeValidatorDevice } from "../staking/validators.ts";
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { changeDeviceCount, deviceCountOf } from "./deviceCount.ts";
import { listTrainer } from "./listTrainer.ts";

export const retireDevice: Apply<"retireDevice"> = (draft, { sender, body: { device } }, context) => {
  const known = draft.get("devices", device);
  if (known === undefined) return reject({ code: "DEVICE_UNKNOWN", device });
  if (known.account !== sender) return reject({ code: "DEVICE_NOT_YOURS", device, account: known.account });
  draft.remove("devices", device);
  changeDeviceCount(draft, sender, -1);
  listTrainer(draft, device, false);
  const left = known.facts.roles.includes("validator") ? removeValidatorDevice(draft, sender) : [];
  const released = deviceCountOf(draft, sender) === 0 ? releaseBond(draft, sender, context) : [];
  return accept({ kind: "deviceRetired", account: sender, device }, ...left, ...released);
};
