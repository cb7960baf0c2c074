/** Duty of validators: once an epoch they ask the devices of the network for their height, and report those that answer. */
import { type DeviceKey, epochOf, type State } from "@neuroshard/protocol";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";
import { withTimeout } from "./pause.ts";

const MOST_ASKED = 4096;
const ASKED_AT_ONCE = 32;
const MOST_WAIT_MS = 5_000;
/** Part of an epoch that passes first: after a restart connections take a moment. */
const EPOCH_PARTS = 4;

export function liveness(context: DutyContext): Duty {
  let seen: { readonly epoch: number; readonly devices: readonly DeviceKey[] } | undefined;
  return {
    look({ state, height, params, account, isValidator }: Moment): void {
      if (account === undefined || !isValidator) return;
      const epoch = epochOf(height + 1, { params });
      const reported = state.tables.livenessReports.get(account)?.epoch ?? -1;
      const epochBlocks = params.get("network.limits.LIVENESS_BLOCKS");
      const isTooEarly = (height + 1) % epochBlocks < Math.floor(epochBlocks / EPOCH_PARTS);
      // What was seen at the end of the last epoch counts a little longer.
      if (seen !== undefined && seen.epoch > reported && seen.epoch >= epoch - 1) {
        context.chain.submit({ kind: "attestLiveness", epoch: seen.epoch, devices: seen.devices });
      }
      if (reported >= epoch || isTooEarly) return;
      const epochMs = epochBlocks * params.get("protocol.time.BLOCK_SECONDS") * 1000;
      const waitMs = Math.min(MOST_WAIT_MS, epochMs / EPOCH_PARTS);
      context.jobs.ensure(`devices seen in epoch ${epoch}`, async (signal) => {
        const devices = await answering(context, devicesOf(state), { waitMs, signal });
        seen = { epoch, devices: [context.device, ...devices] };
      });
    },
  };
}

/** Those that others wait for: who trains or validates. */
function devicesOf({ tables }: State): readonly DeviceKey[] {
  const working = [...tables.devices.entries()].filter(
    ([
      ,
      {
        facts: { roles },
      },
    ]) => {
      return roles.includes("trainer") || roles.includes("validator");
    },
  );
  return working.slice(0, MOST_ASKED).map(([device]) => device as DeviceKey);
}

interface Patience {
  /** Of each answer. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

async function answering(
  { network, clock, device: own }: DutyContext,
  devices: readonly DeviceKey[],
  { waitMs, signal }: Patience,
): Promise<readonly DeviceKey[]> {
  const left = devices.filter((device) => device !== own);
  const found: DeviceKey[] = [];
  async function ask(): Promise<void> {
    for (let device = left.shift(); device !== undefined && !signal.aborted; device = left.shift()) {
      const limit = withTimeout(clock, waitMs, signal);
      const asked = network.request(device, "head", {}, limit.signal).then(
        () => true,
        () => false,
      );
      // Whoever has to be dialled first may take longer than the signal allows.
      const isThere = await Promise.race([asked, limit.over.then(() => false)]);
      limit.done();
      if (isThere) found.push(device);
    }
  }
  await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  // In an order that does not depend on who answered first.
  return found.sort();
}
