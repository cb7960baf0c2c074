/**
 * The port through which signatures are made and checked: ECDSA over secp256k1 on a digest that is signed as it is.
 * `portableScheme` runs everywhere; a node may bring a faster one that keeps the same promises.
 */
export interface SignatureScheme {
  /**
   * Never throws: a wrong length, r or s outside of 1..n-1, a key that is no point of the curve, and an s in the upper
   * half of the group, with which anybody could make a second valid signature out of a first one, are all just false.
   * @param digest 32 bytes.
   * @param signature 64 bytes, r and s.
   * @param publicKey 33 bytes, compressed.
   */
  verify(digest: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean;

  /**
   * Deterministic by RFC 6979, s in the lower half. Throws where `privateKey` is no key, which is a bug of the caller.
   * @param digest 32 bytes.
   * @param privateKey 32 bytes.
   */
  sign(digest: Uint8Array, privateKey: Uint8Array): Uint8Array;
}

export const SIGNATURE_BYTES = 64;
export const PUBLIC_KEY_BYTES = 33;
