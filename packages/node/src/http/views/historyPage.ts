/** A page of what an account or a proposal had to do with, the newest first. */
import type { AccountId, Digest } from "@neuroshard/protocol";
import { type TransactionPage, USUAL_PAGE_ITEMS } from "@neuroshard/sdk/api";
import type { Chain } from "../../chain/chain.ts";
import type { Place } from "../../chain/store/place.ts";
import { refused } from "../httpFault.ts";
import { transactionSummary } from "./receiptView.ts";

interface HistoryQuery {
  readonly before?: string;
  readonly limit?: number;
}

export function historyPage(
  chain: Chain,
  name: AccountId | Digest,
  { before, limit = USUAL_PAGE_ITEMS }: HistoryQuery,
): TransactionPage {
  const items = chain.history(name, { before: placeIn(before), limit: limit + 1 });
  const page = items.slice(0, limit);
  const last = page.at(-1);
  const hasMore = items.length > limit && last !== undefined;
  return { transactions: page.map(transactionSummary), next: hasMore ? `${last.height}-${last.index}` : null };
}

/** From `next` of a page. Throws HttpFault. */
export function placeIn(text: string | undefined): Place | undefined {
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
