/** The models with most power behind them: what is kept of those that were attested, for operators of broken nodes to see. */
import { KEPT_CANDIDATES, type RoundRecord } from "./roundRecord.ts";

export function strongest({ candidates }: RoundRecord): RoundRecord["candidates"] {
  if (candidates.length <= KEPT_CANDIDATES) return candidates;
  return candidates
    .toSorted((a, b) => (a.power === b.power ? 0 : a.power > b.power ? -1 : 1))
    .slice(0, KEPT_CANDIDATES);
}
