/** Answers about accounts. */
import { type AccountId, parseAddress } from "@neuroshard/protocol";
import { USUAL_PAGE_ITEMS } from "@neuroshard/sdk/api";
import { refused } from "../httpFault.ts";
import { accountView } from "../views/accountView.ts";
import { transactionSummary } from "../views/receiptView.ts";
import { stateProofView } from "../views/stateProofView.ts";
import type { Handlers } from "./handler.ts";

export const accountHandlers: Handlers<"getAccount" | "listAccountTransactions" | "getAccountProof"> = {
  getAccount({ chain }, { params }) {
    const account = accountIn(params.address);
    return accountView(chain.state, account, chain.mempool.pendingOf(account));
  },

  listAccountTransactions({ chain }, { params, query: { before, limit = USUAL_PAGE_ITEMS } }) {
    const account = accountIn(params.address);
    const items = chain.history(account, { before: placeIn(before), limit: limit + 1 });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    const hasMore = items.length > limit && last !== undefined;
    return { transactions: page.map(transactionSummary), next: hasMore ? `${last.height}-${last.index}` : null };
  },

  getAccountProof: ({ chain }, { params }) => stateProofView(chain, "accounts", accountIn(params.address)),
};

/** The contract has checked the form; here the check characters. */
function accountIn(address: string): AccountId {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw refused("BAD_REQUEST", { path: "path.address", reason: parsed.reason });
  return parsed.account;
}

function placeIn(text: string | undefined) {
  if (text === undefined) return undefined;
  const [height, index] = text.split("-").map(Number);
  if (!Number.isSafeInteger(height) || height! > HIGHEST || index! > HIGHEST_INDEX) {
    throw refused("BAD_REQUEST", { path: "query.before", reason: "is no place in the chain" });
  }
  return { height: height!, index: index! };
}

/** Places are numbers of the store; these are its bounds. */
const HIGHEST = 2 ** 36 - 1;
const HIGHEST_INDEX = 2 ** 17 - 1;
