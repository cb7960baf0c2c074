/** SHA-256, and how objects of different kinds are kept apart before they are hashed. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";

export { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
export { sha256 };

declare const brand: unique symbol;

/** SHA-256, 64 lower-case hexadecimal digits. */
export type Digest = string & { readonly [brand]: "Digest" };

export const DIGEST_BYTES = 32;

/**
 * What a digest stands for. A signature or an id made for one purpose means nothing for another.
 * `tx`: a transaction, its id and what is signed. `block`: a header. `ballot`: a vote that somebody else may deliver.
 * `device`: a device key accepting its account. `nep`: a proposal. `genesis`: the network id. `round`: the seed of a round.
 * `roster`: a device's place in a round. `samples`: the data of a slot. `segment`: a training state. `compression`: what
 * compressing a contribution gave. `audited`: a segment and the compression step together. `seal`: an auditor's answer before
 * it is shown. `draw`: a lot that the beacon casts.
 */
export type Purpose =
  | "tx"
  | "block"
  | "ballot"
  | "device"
  | "nep"
  | "genesis"
  | "similar-nep"
  | "round"
  | "roster"
  | "samples"
  | "segment"
  | "compression"
  | "audited"
  | "seal"
  | "draw"
  | "commit";

/** SHA-256 of `neuroshard/<purpose>`, its length before it, and the parts one after the other. Spec: encoding.md#E5. */
export function taggedHash(purpose: Purpose, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(concatBytes(tagOf(purpose), ...parts));
}

/** Every transaction needs one; making it costs more than hashing it. */
const tags = new Map<Purpose, Uint8Array>();

function tagOf(purpose: Purpose): Uint8Array {
  let tag = tags.get(purpose);
  if (tag === undefined) {
    const name = new TextEncoder().encode(`neuroshard/${purpose}`);
    tag = concatBytes(Uint8Array.of(name.length), name);
    tags.set(purpose, tag);
  }
  return tag;
}

export function taggedDigest(purpose: Purpose, ...parts: readonly Uint8Array[]): Digest {
  return bytesToHex(taggedHash(purpose, ...parts)) as Digest;
}
