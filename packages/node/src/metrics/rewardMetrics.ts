/** Figures of what the account of this node earns. */
import type { AccountId } from "@neuroshard/protocol";
import { EARNING_KINDS } from "@neuroshard/sdk/api";
import type { Registry } from "prom-client";
import type { Chain } from "../chain/chain.ts";
import { earningsIn } from "../operation/earningEvents.ts";
import { counter, gauge } from "./area.ts";
import { neuroOf } from "./chainMetrics.ts";

/** Returns how to end the counting. */
export function addRewardMetrics(registry: Registry, chain: Chain, account: AccountId | undefined): () => void {
  const held = (): bigint => (account && chain.state.tables.bonds.get(account)?.amount) ?? 0n;
  const balance = (): bigint => (account && chain.state.tables.accounts.get(account)?.balance) ?? 0n;
  gauge(registry, { name: "rewards_held_neuro", help: "pay that is held as a bond" }, (made) =>
    made.set(neuroOf(held())),
  );
  gauge(registry, { name: "balance_neuro", help: "of the account that the device works for" }, (made) => {
    made.set(neuroOf(balance()));
  });
  const rewards = counter(registry, {
    ...{ name: "rewards_neuro_total", help: "earned since the node started; of slashed: lost", labels: ["kind"] },
  });
  for (const kind of EARNING_KINDS) rewards.inc({ kind }, 0);
  if (account === undefined) return () => undefined;
  return chain.subscribe(({ executed: { receipts } }) => {
    for (const receipt of receipts) {
      for (const { kind, amount } of earningsIn(receipt, account)) rewards.inc({ kind }, neuroOf(amount));
    }
  });
}
