/** Block headers: what the proposer signs, and what a light client keeps. */
import { encode, type ValueOf } from "../codec/codec.ts";
import { struct } from "../codec/composites.ts";
import { count, u32 } from "../codec/primitives.ts";
import { bytesToHex, taggedHash } from "../crypto/hash.ts";
import { type Digest, digest, publicKey, signature } from "./identifiers.ts";

const header = struct({
  networkId: digest,
  height: count,
  /** Of the header before; of the genesis where this is the first. */
  parent: digest,
  /** Unix time by the proposer's clock. Shown to people; no rule reads it. */
  timeMs: count,
  transactionCount: u32,
  /** RFC 6962 roots of the transactions' bytes and of the receipts. */
  transactionRoot: digest,
  receiptRoot: digest,
  /** After this block. */
  stateRoot: digest,
  proposer: publicKey,
});
export type Header = ValueOf<typeof header>;

export const signedHeader = struct({ header, signature });
export type SignedHeader = ValueOf<typeof signedHeader>;

export function headerHash(content: Header): Uint8Array {
  return taggedHash("block", encode(header, content));
}

export function headerDigest(content: Header): Digest {
  return bytesToHex(headerHash(content)) as Digest;
}
