/** Figures of the chain: how far it is, what waits, where the tokens are. */
import { paramsAt } from "@neuroshard/protocol";
import type { Registry } from "prom-client";
import type { Chain } from "../chain/chain.ts";
import { counter, gauge } from "./area.ts";

/** Returns how to end the counting. */
export function addChainMetrics(registry: Registry, chain: Chain): () => void {
  gauge(registry, { name: "height", help: "height of the last block" }, (made) => made.set(chain.head().height));
  gauge(registry, { name: "block_time_seconds", help: "Unix time of the last block" }, (made) => {
    made.set((chain.head().signedHeader?.header.timeMs ?? 0) / 1000);
  });
  gauge(registry, { name: "block_interval_seconds", help: "time between blocks that the network wants" }, (made) => {
    made.set(paramsAt(chain.state, chain.head().height + 1).get("protocol.time.BLOCK_SECONDS"));
  });
  gauge(registry, { name: "mempool_transactions", help: "transactions that wait for a block" }, (made) => {
    made.set(chain.mempool.size);
  });
  gauge(registry, { name: "validators", help: "accounts that validate" }, (made) => {
    made.set(chain.state.cells.validatorCount.count);
  });
  gauge(registry, { name: "supply_neuro", help: "tokens by where they are", labels: ["place"] }, (made) => {
    for (const [place, amount] of Object.entries(chain.state.cells.supply)) made.set({ place }, neuroOf(amount));
  });
  const blocks = counter(registry, { name: "blocks_total", help: "blocks since the node started" });
  const transactions = counter(registry, {
    ...{ name: "transactions_total", help: "transactions in blocks since the node started", labels: ["outcome"] },
  });
  for (const outcome of ["accepted", "rejected"]) transactions.inc({ outcome }, 0);
  return chain.subscribe(({ executed: { receipts } }) => {
    blocks.inc();
    // The first receipt is of the block itself.
    for (const { outcome } of receipts.slice(1)) transactions.inc({ outcome: outcome.kind });
  });
}

const BASE_UNITS = 1e18;

/** For charts: rounded to what a float holds. */
export function neuroOf(amount: bigint): number {
  return Number(amount) / BASE_UNITS;
}
