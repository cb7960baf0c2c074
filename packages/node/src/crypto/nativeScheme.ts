/**
 * Signatures by libsecp256k1, some thirty times as fast as the portable scheme. It comes as a native build that does not
 * exist for every platform. For digests of n and above, which no hash will meet (2^-128), it takes the message into the
 * nonce without reducing it, so that the same signature is accepted everywhere but made with other bytes.
 */
import { createRequire } from "node:module";
import { DIGEST_BYTES, PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SignatureScheme } from "@neuroshard/protocol";

type Library = typeof import("secp256k1");

/** Undefined where no native build loads. The package itself would fall back silently to JavaScript; its bindings do not. */
export function loadNativeScheme(): SignatureScheme | undefined {
  try {
    return createScheme(createRequire(import.meta.url)("secp256k1/bindings") as Library);
  } catch {
    return undefined;
  }
}

function createScheme(library: Library): SignatureScheme {
  return {
    verify(digest, signature, publicKey) {
      if (digest.length !== DIGEST_BYTES || signature.length !== SIGNATURE_BYTES) return false;
      if (publicKey.length !== PUBLIC_KEY_BYTES) return false;
      try {
        return library.ecdsaVerify(signature, digest, publicKey);
      } catch {
        // What the library cannot read is no signature.
        return false;
      }
    },
    sign: (digest, privateKey) => library.ecdsaSign(digest, privateKey).signature,
  };
}
