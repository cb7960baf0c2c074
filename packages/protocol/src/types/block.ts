/** A block: a signed header and the transactions it commits to, as bytes. */
import type { ValueOf } from "../codec/codec.ts";
import { list, struct } from "../codec/composites.ts";
import { bytes } from "../codec/primitives.ts";
import { signedHeader } from "./header.ts";
import { MOST_TRANSACTION_BYTES } from "./transaction.ts";

const MOST_BLOCK_TRANSACTIONS = 65_536;

export const block = struct({
  signedHeader,
  transactions: list(bytes(MOST_TRANSACTION_BYTES), MOST_BLOCK_TRANSACTIONS),
});
export type Block = ValueOf<typeof block>;
