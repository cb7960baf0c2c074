/**
 * A validator reports which devices it reached in an epoch. When a quorum has, the device was live, and its time online is
 * paid. Spec: spec/rounds.md#R1.
 */
import { workingDevice } from "../devices/workingDevice.ts";
import { ONE } from "../numbers/decimal.ts";
import { payUptime } from "../rewards/payUptime.ts";
import { MOST_VALIDATORS } from "../rounds/roundRecord.ts";
import { totalOf, validatingPower, validatorsByPower } from "../staking/validatingPower.ts";
import type { Draft } from "../state/draft.ts";
import type { Apply, BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { accept, reject } from "../transition/outcome.ts";
import type { Amount, DeviceKey } from "../types/identifiers.ts";
import { epochOf } from "./epoch.ts";

export const attestLiveness: Apply<"attestLiveness"> = (draft, { signer, body }, context) => {
  const working = workingDevice(draft, signer, "validator");
  if (!working.ok) return working;
  const { account } = working.device;
  const { epoch, devices } = body;
  const current = epochOf(context.height, context);
  if (epoch !== current && epoch !== current - 1) return reject({ code: "EPOCH_CLOSED", epoch, current });
  const power = validatingPower(draft, account, context);
  if (power === 0n) return reject({ code: "NOT_A_VALIDATOR", account, round: 0 });
  const reported = draft.get("livenessReports", account)?.epoch ?? -1;
  if (reported >= epoch) return reject({ code: "ALREADY_ATTESTED", account, subject: `epoch ${reported}` });
  draft.set("livenessReports", account, { epoch });
  const total = totalOf(validatorsByPower(draft, context, MOST_VALIDATORS));
  const needed = total * context.params.get("network.limits.LIVENESS_THRESHOLD");
  const events = [...new Set(devices)].flatMap((device) => see(draft, device, { epoch, power, needed }, context));
  return accept(...events);
};

interface Sighting {
  readonly epoch: number;
  readonly power: Amount;
  /** Power that makes a device live, times 10^18. */
  readonly needed: bigint;
}

function see(
  draft: Draft,
  device: DeviceKey,
  { epoch, power, needed }: Sighting,
  context: BlockContext,
): readonly DraftEvent[] {
  if (draft.get("devices", device) === undefined) return [];
  const before = draft.get("liveness", device) ?? { epoch, seen: 0n, liveThrough: null };
  if (before.epoch > epoch) return [];
  const seen = (before.epoch === epoch ? before.seen : 0n) + power;
  const isNew = seen * ONE >= needed && (before.liveThrough === null || before.liveThrough < epoch);
  draft.set("liveness", device, { epoch, seen, liveThrough: isNew ? epoch : before.liveThrough });
  return isNew ? payUptime(draft, { device, epoch }, context) : [];
}
