/** Burn: the sender's tokens cease to exist. There is no burn address: nothing can be spent that was burned. */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { cannotPay, debit } from "./balance.ts";
import { moveSupply } from "./supply.ts";

export const burn: Apply<"burn"> = (draft, { sender, body: { amount } }) => {
  if (amount === 0n) return reject({ code: "AMOUNT_TOO_SMALL", least: 1n, amount });
  const problem = cannotPay(draft, sender, amount);
  if (problem !== undefined) return problem;
  debit(draft, sender, amount);
  moveSupply(draft, "spendable", "burned", amount);
  return accept({ kind: "burned", account: sender, amount });
};
