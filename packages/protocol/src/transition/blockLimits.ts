/** How much a block may hold, by the parameters in force in it: proposers keep to it, and everybody else holds them to it. */
import type { Params } from "../params/params.ts";

export interface BlockLimits {
  readonly mostTransactions: number;
  readonly mostBytes: number;
}

export function blockLimits(params: Params): BlockLimits {
  return {
    mostTransactions: params.get("network.limits.MAX_BLOCK_TRANSACTIONS"),
    mostBytes: params.get("network.limits.MAX_BLOCK_BYTES"),
  };
}
