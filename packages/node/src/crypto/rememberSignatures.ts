/** A signature scheme that checks a signature once: in the queue, in the proposal and in the block it is the same one. */
import { DIGEST_BYTES, SIGNATURE_BYTES, type SignatureScheme } from "@neuroshard/protocol";

const DEFAULT_CAPACITY = 131_072;

/**
 * Remembers at least the last `capacity` signatures that were right, and at most twice as many. Wrong ones are not worth
 * the room: whoever sends them is turned away once.
 */
export function rememberSignatures(scheme: SignatureScheme, capacity: number = DEFAULT_CAPACITY): SignatureScheme {
  let recent = new Set<string>();
  let older = new Set<string>();
  return {
    sign: (digest, privateKey) => scheme.sign(digest, privateKey),
    verify(digest, signature, publicKey) {
      // Only of the right lengths do the three together say which is which.
      if (digest.length !== DIGEST_BYTES || signature.length !== SIGNATURE_BYTES) return false;
      const key = Buffer.concat([digest, signature, publicKey]).toString("latin1");
      if (recent.has(key) || older.has(key)) return true;
      if (!scheme.verify(digest, signature, publicKey)) return false;
      recent.add(key);
      if (recent.size >= capacity) [older, recent] = [recent, new Set()];
      return true;
    },
  };
}
