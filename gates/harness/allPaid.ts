/** Waits until every node that trains has more than it began with: pay comes when the audits of a round are over. */
import { formatAmount } from "@neuroshard/sdk";
import { type Check, check } from "./checks.ts";
import type { Watch } from "./watch.ts";

const MOST_SECONDS = 180;

export async function allPaid(watch: Watch): Promise<Check> {
  const gains = (): readonly (readonly [string, bigint])[] =>
    [...watch.holdings].map(([name, { first, last }]) => [name, last - first]);
  const isReached = await watch.until(() => gains().length > 0 && gains().every(([, gain]) => gain > 0n), MOST_SECONDS);
  const detail = gains().map(([name, gain]) => `${name} ${formatAmount(gain)}`);
  return check("balances grow", isReached, detail.join(", "));
}
