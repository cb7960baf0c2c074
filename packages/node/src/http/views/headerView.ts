/** Headers as the contract writes them. */
import { bytesToHex, headerDigest, type SignedHeader } from "@neuroshard/protocol";
import type { HeaderView } from "@neuroshard/sdk/api";

export function headerView({ header }: SignedHeader): HeaderView {
  const { height, parent, timeMs, transactionCount, transactionRoot, receiptRoot, stateRoot, proposer } = header;
  return {
    ...{ height, hash: headerDigest(header), parent, timeMs },
    ...{ transactionCount, transactionRoot, receiptRoot, stateRoot },
    proposer: bytesToHex(proposer),
  };
}
