/** Signatures in plain JavaScript, by `@noble/curves`: for browsers, and wherever no native build loads. */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { DIGEST_BYTES } from "../types/identifiers.ts";
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SignatureScheme } from "./signatureScheme.ts";

const OPTIONS = { prehash: false, lowS: true, format: "compact" } as const;

export const portableScheme: SignatureScheme = {
  verify(digest, signature, publicKey) {
    if (digest.length !== DIGEST_BYTES || signature.length !== SIGNATURE_BYTES) return false;
    if (publicKey.length !== PUBLIC_KEY_BYTES) return false;
    try {
      return secp256k1.verify(signature, digest, publicKey, OPTIONS);
    } catch {
      // What the library cannot read is no signature.
      return false;
    }
  },

  sign(digest, privateKey) {
    if (digest.length !== DIGEST_BYTES) throw new Error("internal: what is signed is a digest of 32 bytes");
    return secp256k1.sign(digest, privateKey, OPTIONS);
  },
};
