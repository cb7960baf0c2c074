/**
 * Keys of the Python NeuroShard, so that its people can bring their accounts. There 12 words made a token, and the token's
 * text made the key, without any path. Only an import: new wallets use `accountKey.ts`.
 */
import { bytesToHex, sha256 } from "../crypto/hash.ts";
import { type AccountKey, accountKeyOf } from "./accountKey.ts";
import { type Mnemonic, seedOf } from "./mnemonic.ts";

export interface AncestorKey extends AccountKey {
  /** What the ancestor called the account, 32 hexadecimal digits. */
  readonly ancestorNodeId: string;
}

const TOKEN_BYTES = 32;
const NODE_ID_DIGITS = 32;

/**
 * The ancestor hashed whatever text it was given, so that every slip was a wallet of its own. It only ever made tokens of
 * 64 lower-case digits; nothing else is one here.
 */
export function isAncestorToken(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

export function ancestorTokenOf(mnemonic: Mnemonic): string {
  return bytesToHex(seedOf(mnemonic).subarray(0, TOKEN_BYTES));
}

/** @param token As `isAncestorToken` takes it. */
export function ancestorKeyFromToken(token: string): AncestorKey {
  if (!isAncestorToken(token)) throw new Error("internal: a token is checked before it becomes a key");
  const key = accountKeyOf(sha256(new TextEncoder().encode(token)));
  return { ...key, ancestorNodeId: bytesToHex(sha256(key.publicKey)).slice(0, NODE_ID_DIGITS) };
}
