/** Answers about validators. */
import { type AccountId, formatAddress, paramsAt, type State, validatorStakeInfo } from "@neuroshard/protocol";
import type { Handlers } from "./handler.ts";

export const validatorHandlers: Handlers<"listValidators"> = {
  listValidators({ chain: { state } }) {
    const { head, validatorCount } = state.cells;
    const info = validatorStakeInfo(paramsAt(state, head.height), validatorCount.count);
    const { requiredStake, tier, next, tiers } = info;
    return {
      height: head.height,
      count: validatorCount.count,
      requiredStake: String(requiredStake),
      tier,
      nextTier: next && { ...next, stake: String(next.stake) },
      tiers: tiers.map(({ maxCount, stake }) => ({ maxCount, stake: String(stake) })),
      validators: validatorsOf(state),
    };
  },
};

function validatorsOf({ tables }: State) {
  const rows = Array.from(tables.validators.entries(), ([account, { devices, since }]) => {
    const power = tables.power.get(account)?.checkpoints.at(-1) ?? { own: 0n, received: 0n };
    return { account: account as AccountId, power, devices, since };
  });
  rows.sort((a, b) => (a.power.own === b.power.own ? 0 : a.power.own > b.power.own ? -1 : 1));
  return rows.map(({ account, power, devices, since }) => ({
    address: formatAddress(account),
    stake: String(power.own),
    received: String(power.received),
    devices,
    since,
  }));
}
