/**
 * Register a device: a key of its own that works for an account. The device has signed too, so nobody can claim another's.
 * Registering it again brings its facts up to date. Spec: spec/devices.md#D1.
 */
import { hexToBytes } from "../crypto/hash.ts";
import { addValidatorDevice, cannotValidate, removeValidatorDevice } from "../staking/validators.ts";
import type { Apply, BlockContext } from "../transition/context.ts";
import { accept, type Rejected, reject } from "../transition/outcome.ts";
import type { BodyOf } from "../types/transaction.ts";
import { deviceAcceptanceHash } from "../types/transaction.ts";

export const registerDevice: Apply<"registerDevice"> = (draft, { sender, body }, context) => {
  const { device, deviceSignature, facts } = body;
  const known = draft.get("devices", device);
  if (known !== undefined && known.account !== sender) {
    return reject({ code: "DEVICE_KNOWN", device, account: known.account });
  }
  const problem = rolesProblem(facts, context);
  if (problem !== undefined) return problem;
  const { networkId, scheme, height } = context;
  if (!scheme.verify(deviceAcceptanceHash(networkId, sender), deviceSignature, hexToBytes(device))) {
    return reject({ code: "BAD_SIGNATURE", account: sender });
  }
  const validates = facts.roles.includes("validator");
  const validated = known?.facts.roles.includes("validator") === true;
  if (validates) {
    const short = cannotValidate(draft, sender, context);
    if (short !== undefined) return short;
  }
  const left = validated ? removeValidatorDevice(draft, sender) : [];
  const joined = validates ? addValidatorDevice(draft, sender, context) : [];
  draft.set("devices", device, { account: sender, facts, registeredAt: known?.registeredAt ?? height });
  // A device that validates before and after only passes through: nothing has happened to its account.
  const changes = validates && validated && left.length === joined.length ? [] : [...left, ...joined];
  return accept({ kind: "deviceRegistered", account: sender, device }, ...changes);
};

function rolesProblem(facts: BodyOf<"registerDevice">["facts"], { params }: BlockContext): Rejected | undefined {
  const { roles, memoryMb } = facts;
  if (roles.length === 0) return reject({ code: "DEVICE_ROLES", reason: "a device needs a role" });
  if (new Set(roles).size < roles.length) return reject({ code: "DEVICE_ROLES", reason: "a role is named twice" });
  const leastMb = params.get("economics.constants.VALIDATOR_MIN_MEMORY_MB");
  if (roles.includes("validator") && memoryMb < leastMb) {
    return reject({ code: "DEVICE_ROLES", reason: `a validator needs ${leastMb} MB, the device has ${memoryMb}` });
  }
  return undefined;
}
