/**
 * Register a device: a key of its own that works for an account. The device has signed too, so nobody can claim another's.
 * Registering it again brings its facts up to date. Spec: spec/devices.md#D1.
 */
import { hexToBytes } from "../crypto/hash.ts";
import { addValidatorDevice, cannotValidate, removeValidatorDevice } from "../staking/validators.ts";
import type { Draft } from "../state/draft.ts";
import { type Device, MOST_TRAINERS } from "../state/tables.ts";
import type { Apply, BlockContext, Call } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { accept, type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId } from "../types/identifiers.ts";
import { deviceAcceptanceHash } from "../types/transaction.ts";
import { changeDeviceCount, deviceCountOf } from "./deviceCount.ts";
import { listTrainer, trainersFull } from "./listTrainer.ts";

type Registration = Call<"registerDevice">["body"];

export const registerDevice: Apply<"registerDevice"> = (draft, { sender, body }, context) => {
  const { device, deviceSignature, facts } = body;
  const known = draft.get("devices", device);
  if (known !== undefined && known.account !== sender) {
    return reject({ code: "DEVICE_KNOWN", device, account: known.account });
  }
  const problem =
    roomProblem(draft, { isNew: known === undefined, sender, body }, context) ?? rolesProblem(facts, context);
  if (problem !== undefined) return problem;
  const { networkId, scheme, height } = context;
  if (!scheme.verify(deviceAcceptanceHash(networkId, sender), deviceSignature, hexToBytes(device))) {
    return reject({ code: "BAD_SIGNATURE", account: sender });
  }
  if (validates(facts)) {
    const short = cannotValidate(draft, sender, context);
    if (short !== undefined) return short;
  }
  const registered: Device = { account: sender, facts, registeredAt: known?.registeredAt ?? height };
  const changes = changeValidators(draft, { before: known, after: registered }, context);
  draft.set("devices", device, registered);
  listTrainer(draft, device, isTrainer(facts));
  if (known === undefined) changeDeviceCount(draft, sender, 1);
  return accept({ kind: "deviceRegistered", account: sender, device }, ...changes);
};

interface Arrival {
  readonly isNew: boolean;
  readonly sender: AccountId;
  readonly body: Registration;
}

function roomProblem(
  draft: Draft,
  { isNew, sender, body: { device, facts } }: Arrival,
  { params }: BlockContext,
): Rejected | undefined {
  const most = params.get("network.limits.MAX_DEVICES_PER_ACCOUNT");
  if (isNew && deviceCountOf(draft, sender) >= most) return reject({ code: "TOO_MANY_DEVICES", most });
  const isFull = isTrainer(facts) && trainersFull(draft, device);
  return isFull ? reject({ code: "TOO_MANY_TRAINERS", most: MOST_TRAINERS }) : undefined;
}

interface Replacement {
  readonly before: Device | undefined;
  readonly after: Device;
}

function changeValidators(draft: Draft, { before, after }: Replacement, context: BlockContext): DraftEvent[] {
  const validated = before !== undefined && validates(before.facts);
  const left = validated ? removeValidatorDevice(draft, after.account) : [];
  if (!validates(after.facts)) return left;
  const joined = addValidatorDevice(draft, after.account, context);
  // A device that validates before and after only passes through: nothing has happened to its account.
  return validated && left.length === joined.length ? [] : [...left, ...joined];
}

function isTrainer({ roles }: Registration["facts"]): boolean {
  return roles.includes("trainer");
}

function validates({ roles }: Registration["facts"]): boolean {
  return roles.includes("validator");
}

function rolesProblem(facts: Registration["facts"], { params }: BlockContext): Rejected | undefined {
  const { roles, memoryMb } = facts;
  if (roles.length === 0) return reject({ code: "DEVICE_ROLES", reason: "a device needs a role" });
  if (new Set(roles).size < roles.length) return reject({ code: "DEVICE_ROLES", reason: "a role is named twice" });
  const leastMb = params.get("economics.constants.VALIDATOR_MIN_MEMORY_MB");
  if (validates(facts) && memoryMb < leastMb) {
    return reject({ code: "DEVICE_ROLES", reason: `a validator needs ${leastMb} MB, the device has ${memoryMb}` });
  }
  return undefined;
}
