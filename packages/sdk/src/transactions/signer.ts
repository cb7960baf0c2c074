/** Whoever holds a key: a wallet file, a browser's extension, a device. The key itself never leaves it. */
import { type AccountKey, portableScheme, type SignatureScheme } from "@neuroshard/protocol";

export interface Signer {
  /** 33 bytes, compressed. */
  readonly publicKey: Uint8Array;
  /** @param digest 32 bytes. */
  sign(digest: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

export function signerOf({ publicKey, privateKey }: AccountKey, scheme: SignatureScheme = portableScheme): Signer {
  return { publicKey, sign: (digest) => scheme.sign(digest, privateKey) };
}
