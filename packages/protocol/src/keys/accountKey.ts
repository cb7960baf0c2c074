/** The key of an account, and how it comes out of the words of a wallet (BIP-32, BIP-44). */
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { HDKey } from "@scure/bip32";
import type { AccountId } from "../types/identifiers.ts";
import { accountOf } from "./address.ts";
import { type Mnemonic, seedOf } from "./mnemonic.ts";

export interface AccountKey {
  /** 32 bytes. */
  readonly privateKey: Uint8Array;
  /** 33 bytes, compressed. */
  readonly publicKey: Uint8Array;
  readonly account: AccountId;
}

/** The letters NEUR as a number. SLIP-44, the list of coins, has no entry for it: not ours and nobody else's. */
const COIN = 0x4e455552;

const ACCOUNT_PATH = `m/44'/${COIN}'/0'/0/0`;

export function accountKeyOf(privateKey: Uint8Array): AccountKey {
  const publicKey = secp256k1.getPublicKey(privateKey, true);
  return { privateKey, publicKey, account: accountOf(publicKey) };
}

export function accountKeyFromMnemonic(mnemonic: Mnemonic): AccountKey {
  return deriveKey(seedOf(mnemonic), ACCOUNT_PATH);
}

/** @param path In the notation of BIP-32, `m/44'/0'`. */
export function deriveKey(seed: Uint8Array, path: string): AccountKey {
  const { privateKey } = HDKey.fromMasterSeed(seed).derive(path);
  if (privateKey === null) throw new Error("internal: derivation from a seed gives private keys");
  return accountKeyOf(privateKey);
}
