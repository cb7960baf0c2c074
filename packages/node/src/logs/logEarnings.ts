/** What the account of this node earns and loses, as entries of the log. */
import { type AccountId, formatDecimal } from "@neuroshard/protocol";
import type { Chain } from "../chain/chain.ts";
import { type Earning, earningsIn } from "../operation/earningEvents.ts";
import type { Logger } from "./logger.ts";

/** Returns how to end it. */
export function logEarnings(log: Logger, chain: Chain, account: AccountId): () => void {
  return chain.subscribe(({ executed: { receipts }, signedHeader: { header } }) => {
    for (const receipt of receipts) {
      for (const earning of earningsIn(receipt, account)) logEarning(log, earning, header.height);
    }
  });
}

function logEarning(log: Logger, { kind, amount, held, event }: Earning, height: number): void {
  const place = "slot" in event ? ` for slot ${event.slot} of round ${event.round}` : "";
  const data = { kind, height, held: formatDecimal(held) };
  const neuro = `${formatDecimal(amount)} NEURO`;
  if (kind === "slashed") log.error("pay", `${neuro} of the stake were taken away`, data);
  else if (kind === "forfeited") log.warn("pay", `no pay${place}: it was forfeited`, data);
  else log.info("pay", `earned ${neuro}${place} (${kind})`, data);
}
