/** Answers about accounts. */
import { type AccountId, parseAddress } from "@neuroshard/protocol";
import { refused } from "../httpFault.ts";
import { accountView } from "../views/accountView.ts";
import { historyPage } from "../views/historyPage.ts";
import { stateProofView } from "../views/stateProofView.ts";
import type { Handlers } from "./handler.ts";

export const accountHandlers: Handlers<"getAccount" | "listAccountTransactions" | "getAccountProof"> = {
  getAccount({ chain }, { params }) {
    const account = accountIn(params.address);
    return accountView(chain.state, account, chain.mempool.pendingOf(account));
  },

  listAccountTransactions: ({ chain }, { params, query }) => historyPage(chain, accountIn(params.address), query),

  getAccountProof: ({ chain }, { params }) => stateProofView(chain, "accounts", accountIn(params.address)),
};

/** The contract has checked the form; here the check characters. */
function accountIn(address: string): AccountId {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw refused("BAD_REQUEST", { path: "path.address", reason: parsed.reason });
  return parsed.account;
}
