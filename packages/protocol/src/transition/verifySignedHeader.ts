/** What a light client asks of a header before it believes its roots: is it of this network, and did the sequencer sign it. */
import { bytesToHex } from "../crypto/hash.ts";
import type { SignatureScheme } from "../crypto/signatureScheme.ts";
import { headerHash, type SignedHeader } from "../types/header.ts";
import type { Digest } from "../types/identifiers.ts";
import type { BlockFault } from "./applyBlock.ts";

/** From the genesis, which everybody has. */
export interface TrustedNetwork {
  readonly networkId: Digest;
  readonly sequencer: Uint8Array;
}

export function verifySignedHeader(
  { header, signature }: SignedHeader,
  { networkId, sequencer }: TrustedNetwork,
  scheme: SignatureScheme,
): BlockFault | undefined {
  const { height, proposer } = header;
  if (header.networkId !== networkId) {
    return { code: "BLOCK_WRONG_NETWORK", height, expected: networkId, actual: header.networkId };
  }
  const [expected, actual] = [bytesToHex(sequencer), bytesToHex(proposer)];
  if (expected !== actual) return { code: "BLOCK_WRONG_PROPOSER", height, expected, actual };
  if (scheme.verify(headerHash(header), signature, proposer)) return undefined;
  return { code: "BLOCK_BAD_SIGNATURE", height, expected: "a signature of its proposer", actual: "another" };
}
