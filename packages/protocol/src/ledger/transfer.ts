/** Transfer: the recipient gets the amount; the sender pays it and FEE_BURN_RATE of it, which is burned. spec/ledger.md#L3 */
import { mulDivUp, ONE } from "../numbers/decimal.ts";
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { cannotPay, credit, debit } from "./balance.ts";
import { moveSupply } from "./supply.ts";

export const transfer: Apply<"transfer"> = (draft, { sender, body }, { params }) => {
  const { recipient, amount, memo } = body;
  const least = params.get("economics.fees.MIN_TRANSFER_AMOUNT");
  if (amount < least || amount === 0n) return reject({ code: "AMOUNT_TOO_SMALL", least, amount });
  const mostBytes = params.get("economics.fees.MAX_MEMO_BYTES");
  const bytes = memo === "" ? 0 : new TextEncoder().encode(memo).length;
  if (bytes > mostBytes) return reject({ code: "MEMO_TOO_LONG", mostBytes, bytes });
  const burned = mulDivUp(amount, params.get("economics.constants.FEE_BURN_RATE"), ONE);
  const problem = cannotPay(draft, sender, amount + burned);
  if (problem !== undefined) return problem;
  debit(draft, sender, amount + burned);
  credit(draft, recipient, amount);
  moveSupply(draft, "spendable", "burned", burned);
  return accept({ kind: "transferred", from: sender, to: recipient, amount, burned });
};
