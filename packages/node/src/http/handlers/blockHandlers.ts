/** Answers about blocks. */
import { block as blockCodec, bytesToHex, encode } from "@neuroshard/protocol";
import { USUAL_PAGE_ITEMS } from "@neuroshard/sdk/api";
import type { Chain } from "../../chain/chain.ts";
import { notFound } from "../httpFault.ts";
import { headerView } from "../views/headerView.ts";
import { eventViews, transactionSummary } from "../views/receiptView.ts";
import type { Handlers } from "./handler.ts";

export const blockHandlers: Handlers<"listBlocks" | "getBlock" | "getRawBlock"> = {
  listBlocks({ chain }, { query: { before = Number.MAX_SAFE_INTEGER, limit = USUAL_PAGE_ITEMS } }) {
    const first = Math.min(before - 1, chain.head().height);
    const last = Math.max(first - limit + 1, chain.firstHeight(), 1);
    const blocks = [];
    for (let height = first; height >= last; height--) blocks.push(headerView(chain.header(height)!));
    return { blocks, next: last > chain.firstHeight() && blocks.length > 0 ? last : null };
  },

  getBlock({ chain }, { params: { height } }) {
    const { signedHeader, transactions } = blockAt(chain, height);
    const [own, ...receipts] = chain.receiptsOf(height);
    const { outcome } = own!;
    return {
      ...headerView(signedHeader),
      signature: bytesToHex(signedHeader.signature),
      events: outcome.kind === "accepted" ? eventViews(outcome.events) : [],
      transactions: receipts.map((receipt, index) => {
        return transactionSummary({ height, index: index + 1, receipt, bytes: transactions[index]! });
      }),
    };
  },

  getRawBlock: ({ chain }, { params: { height } }) => encode(blockCodec, blockAt(chain, height)),
};

function blockAt(chain: Chain, height: number) {
  const block = chain.block(height);
  if (block !== undefined) return block;
  const { height: head } = chain.head();
  const first = chain.firstHeight();
  throw notFound(`block ${height} here (there are ${first} to ${head})`);
}
