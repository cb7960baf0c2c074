/** Names of things. Brands, so that an account cannot be passed where a digest is meant; only codecs make them. */
import type { Codec } from "../codec/codec.ts";
import { Malformed } from "../codec/malformed.ts";
import { fixedBytes, hexBytes, u128 } from "../codec/primitives.ts";
import { formatAddress, parseAddress } from "../keys/address.ts";

declare const brand: unique symbol;

/** SHA-256, 64 lower-case hexadecimal digits. */
export type Digest = string & { readonly [brand]: "Digest" };

/** First 20 bytes of the SHA-256 of the compressed public key, 40 lower-case hexadecimal digits. People see the address. */
export type AccountId = string & { readonly [brand]: "AccountId" };

/** Base units: 1 NEURO = 10^18. */
export type Amount = bigint;

export const DIGEST_BYTES = 32;
export const ACCOUNT_BYTES = 20;

export const digest: Codec<Digest> = hexBytes<Digest>(DIGEST_BYTES);

const accountHex = hexBytes<AccountId>(ACCOUNT_BYTES);

/** On the wire 20 bytes, in JSON the address. */
export const accountId: Codec<AccountId> = {
  ...accountHex,
  toJson: formatAddress,
  fromJson(json) {
    const parsed = parseAddress(json);
    if (!parsed.ok) throw new Malformed(parsed.reason);
    return parsed.account;
  },
  jsonSchema: { type: "string", pattern: "^neuro1[02-9ac-hj-np-z]{38}$", description: "account address, bech32m" },
};

export const amount: Codec<Amount> = u128;

/** Compressed secp256k1 point. */
export const publicKey = fixedBytes(33);

/** r and s of ECDSA over secp256k1, 32 bytes each, big-endian, s in the lower half. */
export const signature = fixedBytes(64);
