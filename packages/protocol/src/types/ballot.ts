/** Votes. A ballot that its voter signed on its own can be delivered by anybody. */
import { encode, type ValueOf } from "../codec/codec.ts";
import { struct } from "../codec/composites.ts";
import { count, u16 } from "../codec/primitives.ts";
import { taggedHash } from "../crypto/hash.ts";
import { digest, publicKey, signature } from "./identifiers.ts";

/** How a voter's power is divided, in ten-thousandths; the four add up to 10,000. */
export const ballotSplit = struct({ yes: u16, no: u16, abstain: u16, veto: u16 });
export type BallotSplit = ValueOf<typeof ballotSplit>;
export const WHOLE_SPLIT = 10_000;

const ballot = struct({
  networkId: digest,
  nepId: digest,
  publicKey,
  /** A later ballot of the same voter has a higher one and replaces this. Two with the same one are evidence. */
  sequence: count,
  split: ballotSplit,
});
export type Ballot = ValueOf<typeof ballot>;

export const signedBallot = struct({ ballot, signature });
export type SignedBallot = ValueOf<typeof signedBallot>;

export function ballotHash(content: Ballot): Uint8Array {
  return taggedHash("ballot", encode(ballot, content));
}
