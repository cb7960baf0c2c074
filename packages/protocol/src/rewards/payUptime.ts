/** Time online is paid beside verified work, never alone: an identity without work earns nothing. Spec: spec/rewards.md#P3. */
import { bondedOf, stakesIn } from "../staking/stakes.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { DeviceKey } from "../types/identifiers.ts";
import { pay } from "./bond.ts";
import { rewardOf } from "./rewardOf.ts";
import { coverOf } from "./slashAmount.ts";

const SECONDS_PER_MINUTE = 60n;

interface Uptime {
  readonly device: DeviceKey;
  readonly epoch: number;
}

export function payUptime(draft: Draft, { device, epoch }: Uptime, context: BlockContext): readonly DraftEvent[] {
  const { params } = context;
  const isPaid =
    params.get("economics.emission.EMISSION_ENABLED") && params.get("economics.emission.UPTIME_REWARD_ENABLED");
  const registered = draft.get("devices", device);
  const verified = draft.get("standings", device)?.verifiedRound ?? 0;
  const since = draft.cell("training").round - params.get("economics.emission.UPTIME_WORK_ROUNDS");
  if (!isPaid || registered === undefined || verified === 0 || verified < since) return [];
  const { account } = registered;
  const seconds = params.get("network.limits.LIVENESS_BLOCKS") * params.get("protocol.time.BLOCK_SECONDS");
  const perMinute = params.get("economics.constants.UPTIME_REWARD_PER_MINUTE");
  const due = (perMinute * BigInt(seconds)) / SECONDS_PER_MINUTE;
  const gain = rewardOf(params, params.get("training.diloco.INNER_STEPS"), bondedOf(stakesIn(draft, account))).amount;
  const { amount, held } = pay(draft, { account, amount: due, needed: coverOf(params, gain) }, context);
  return [{ kind: "uptimeRewarded", device, account, epoch, amount, held }];
}
