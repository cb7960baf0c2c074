/** Names of things. Brands, so that an account cannot be passed where a digest is meant; only codecs make them. */
import type { Codec } from "../codec/codec.ts";
import { Malformed } from "../codec/malformed.ts";
import { fixedBytes, hexBytes, u128 } from "../codec/primitives.ts";
import { DIGEST_BYTES, type Digest } from "../crypto/hash.ts";
import { ACCOUNT_BYTES, type AccountId, formatAddress, parseAddress } from "../keys/address.ts";

export { DIGEST_BYTES, type Digest } from "../crypto/hash.ts";
export type { AccountId } from "../keys/address.ts";

declare const brand: unique symbol;

/** Base units: 1 NEURO = 10^18. */
export type Amount = bigint;

/** A device's compressed secp256k1 key, 66 hexadecimal digits: its identity on the network. */
export type DeviceKey = string & { readonly [brand]: "DeviceKey" };

export const digest: Codec<Digest> = hexBytes<Digest>(DIGEST_BYTES);

export const deviceKey: Codec<DeviceKey> = hexBytes<DeviceKey>(33);

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
