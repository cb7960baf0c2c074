/**
 * Addresses: what people copy and type. bech32m (BIP-350) of an account id with the prefix `neuro`, so that a slip of up
 * to four characters is always noticed.
 */
import { bech32m } from "@scure/base";
import { bytesToHex, hexToBytes, sha256 } from "../crypto/hash.ts";

declare const brand: unique symbol;

/** First 20 bytes of the SHA-256 of the compressed public key, 40 lower-case hexadecimal digits. People see the address. */
export type AccountId = string & { readonly [brand]: "AccountId" };

export const ACCOUNT_BYTES = 20;

const PREFIX = "neuro";

export type ParsedAddress =
  | { readonly ok: true; readonly account: AccountId }
  | { readonly ok: false; readonly reason: string };

export function accountOf(publicKey: Uint8Array): AccountId {
  return bytesToHex(sha256(publicKey).subarray(0, ACCOUNT_BYTES)) as AccountId;
}

export function formatAddress(account: AccountId): string {
  return bech32m.encodeFromBytes(PREFIX, hexToBytes(account));
}

/** Never throws; `reason` is a part of a sentence. */
export function parseAddress(address: unknown): ParsedAddress {
  if (typeof address !== "string") return { ok: false, reason: "is no address" };
  if (!address.startsWith(`${PREFIX}1`)) return { ok: false, reason: `is no address; addresses begin with ${PREFIX}1` };
  const decoded = bech32m.decodeUnsafe(address);
  if (decoded === undefined)
    return { ok: false, reason: "is no address: its check characters do not fit, look for a slip" };
  const bytes = bech32m.fromWordsUnsafe(decoded.words);
  if (bytes?.length !== ACCOUNT_BYTES)
    return { ok: false, reason: `is no address: it does not hold ${ACCOUNT_BYTES} bytes` };
  return { ok: true, account: bytesToHex(bytes) as AccountId };
}
