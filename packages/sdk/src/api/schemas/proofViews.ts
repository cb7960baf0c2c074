/**
 * Proofs that a client checks by itself against a signed header: that the state holds a value under a key, or nothing;
 * that a block holds a transaction and its receipt.
 */
import { type Static, Type } from "typebox";
import { countNumber, digestText, heightNumber, hexText } from "./primitives.ts";

const listProofView = Type.Object({
  index: countNumber,
  size: countNumber,
  siblings: Type.Array(digestText, { maxItems: 64 }),
});

const signedHeaderHex = Type.String({ ...hexText, description: "canonical bytes of the signed header, hexadecimal" });

export const stateProofView = Type.Object({
  height: heightNumber,
  signedHeader: signedHeaderHex,
  proof: Type.Object({
    table: Type.String(),
    key: Type.String(),
    tableRoot: digestText,
    tableProof: listProofView,
    entryProof: Type.Object({
      siblings: Type.Array(digestText, { maxItems: 264 }),
      leaf: Type.Union([Type.Object({ path: hexText, value: hexText }), Type.Null()], {
        description: "the entry in canonical bytes; null: nothing stands there",
      }),
    }),
  }),
});
export type StateProofView = Static<typeof stateProofView>;

export const transactionProofView = Type.Object({
  transactionId: digestText,
  height: heightNumber,
  signedHeader: signedHeaderHex,
  transaction: hexText,
  transactionProof: listProofView,
  receipt: hexText,
  receiptProof: listProofView,
});
export type TransactionProofView = Static<typeof transactionProofView>;
