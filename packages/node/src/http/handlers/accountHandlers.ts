/** Answers about accounts. */
import { type AccountId, parseAddress } from "@neuroshard/protocol";
import { refused } from "../httpFault.ts";
import { accountView } from "../views/accountView.ts";
import { earningsView } from "../views/earningsView.ts";
import { historyPage } from "../views/historyPage.ts";
import { stateProofView } from "../views/stateProofView.ts";
import type { Handlers } from "./handler.ts";

type Id = "getAccount" | "listAccountTransactions" | "getEarnings" | "getAccountProof";

export const accountHandlers: Handlers<Id> = {
  getAccount({ chain }, { params }) {
    const account = accountIn(params.address);
    return accountView(chain.state, account, chain.mempool.pendingOf(account));
  },

  listAccountTransactions: ({ chain }, { params, query }) => historyPage(chain, accountIn(params.address), query),

  getEarnings({ chain, operation }, { params, query }) {
    const account = accountIn(params.address);
    return earningsView(chain, account, operation.earnings.of(account), query);
  },

  getAccountProof: ({ chain }, { params }) => stateProofView(chain, "accounts", accountIn(params.address)),
};

/** The contract has checked the form; here the check characters. */
function accountIn(address: string): AccountId {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw refused("BAD_REQUEST", { path: "path.address", reason: parsed.reason });
  return parsed.account;
}
