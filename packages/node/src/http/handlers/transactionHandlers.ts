/** Answers about transactions, and the one way in. */
import { bytesToHex, type Digest, encode, hexToBytes, signedHeader as signedHeaderCodec } from "@neuroshard/protocol";
import { HttpFault, notFound, refused } from "../httpFault.ts";
import { eventViews, faultOf, transactionJson } from "../views/receiptView.ts";
import type { Handlers } from "./handler.ts";

export const transactionHandlers: Handlers<"sendTransaction" | "getTransaction" | "getTransactionProof"> = {
  sendTransaction({ submit, isReadOnly }, { body }) {
    if (isReadOnly) throw refused("READ_ONLY", { reason: "this node follows another one and takes no transactions" });
    const answer = submit(hexToBytes(body.transaction));
    if (answer.kind === "rejected") {
      const { code, data } = faultOf(answer);
      throw new HttpFault(code, data);
    }
    const { transactionId } = answer;
    return { transactionId, isKnown: answer.kind === "committed" || answer.isKnown };
  },

  getTransaction({ chain }, { params: { id } }) {
    const transactionId = id as Digest;
    const status = chain.transactionById(transactionId);
    switch (status.kind) {
      case "unknown":
        throw notFound(`transaction ${id}`);
      case "pending":
        return { state: "pending", transactionId };
      case "rejected":
        return {
          state: "rejected",
          transactionId,
          height: null,
          index: null,
          transaction: null,
          fault: faultOf(status),
        };
      case "committed": {
        const { height, index, receipt, bytes } = status;
        const common = { transactionId, height, index, transaction: transactionJson(bytes) };
        const { outcome } = receipt;
        return outcome.kind === "accepted"
          ? { state: "committed", ...common, events: eventViews(outcome.events) }
          : { state: "rejected", ...common, fault: faultOf(outcome) };
      }
      default:
        return status satisfies never;
    }
  },

  getTransactionProof({ chain }, { params: { id } }) {
    const proven = chain.transactionProof(id as Digest);
    if (proven === undefined) throw notFound(`transaction ${id} in a block`);
    const { signedHeader, transaction, receipt } = proven;
    const copied = ({ proof }: typeof receipt) => ({ ...proof, siblings: [...proof.siblings] });
    return {
      transactionId: id,
      height: signedHeader.header.height,
      signedHeader: bytesToHex(encode(signedHeaderCodec, signedHeader)),
      transaction: bytesToHex(transaction.bytes),
      transactionProof: copied(transaction),
      receipt: bytesToHex(receipt.bytes),
      receiptProof: copied(receipt),
    };
  },
};
