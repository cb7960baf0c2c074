/** What a wallet is made from, words or a token of the ancestor, and the key that comes out of it. */
import {
  type AccountKey,
  type AncestorKey,
  accountKeyFromMnemonic,
  ancestorKeyFromToken,
  ancestorTokenOf,
  describeMnemonicProblem,
  isAncestorToken,
  type Mnemonic,
  readMnemonic,
} from "@neuroshard/protocol";
import { NodeError } from "../nodeError.ts";

/** `bip32`: words by BIP-39, 32 and 44. `ancestor`: words or token as the Python NeuroShard used them. */
export type Derivation = "bip32" | "ancestor";

export interface WalletSecret {
  /** In its normal form, which is what is kept. */
  readonly text: string;
  readonly key: AccountKey | AncestorKey;
}

/** @throws {NodeError} BAD_PHRASE with the reason; what was typed does not appear in it. */
export function readWalletSecret(typed: string, derivation: Derivation): WalletSecret {
  const text = typed.trim();
  if (derivation === "ancestor" && isAncestorToken(text)) return { text, key: ancestorKeyFromToken(text) };
  const mnemonic = checkMnemonic(text, derivation);
  if (derivation === "bip32") return { text: mnemonic, key: accountKeyFromMnemonic(mnemonic) };
  return { text: mnemonic, key: ancestorKeyFromToken(ancestorTokenOf(mnemonic)) };
}

function checkMnemonic(text: string, derivation: Derivation): Mnemonic {
  const read = readMnemonic(text);
  if (read.ok) return read.mnemonic;
  if (/\s/.test(text)) throw new NodeError("BAD_PHRASE", describeMnemonicProblem(read.problem));
  throw new NodeError("BAD_PHRASE", describeSingleWord(text, derivation));
}

/** A single word is a token, or was meant as one. */
function describeSingleWord(text: string, derivation: Derivation): string {
  if (text === "") return "there is no phrase; give its 12 or 24 words";
  if (derivation === "ancestor") return "this is no token of 64 digits 0-9 and a-f; give it as it was, or the 12 words";
  if (isAncestorToken(text)) return "this is a token of the earlier NeuroShard; recover it with --ancestor";
  return "the phrase has 1 word; give all 12 or 24 of them";
}
