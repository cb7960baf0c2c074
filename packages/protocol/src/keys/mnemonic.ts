/**
 * The words that people write down: BIP-39, English, 12 or 24 of them. A phrase that was mistyped is refused with the
 * reason; it never becomes another wallet.
 */
import { entropyToMnemonic, mnemonicToSeedSync, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

declare const brand: unique symbol;

/** Checked words in lower case with one space between them. */
export type Mnemonic = string & { readonly [brand]: "Mnemonic" };

export type MnemonicProblem =
  | { readonly code: "WORD_COUNT"; readonly count: number }
  /** `position` counts from 1. */
  | { readonly code: "UNKNOWN_WORD"; readonly position: number; readonly closest?: string }
  | { readonly code: "CHECKSUM" };

export type ReadMnemonic =
  | { readonly ok: true; readonly mnemonic: Mnemonic }
  | { readonly ok: false; readonly problem: MnemonicProblem };

const WORD_COUNTS: readonly number[] = [12, 24];
/** Beyond this many slips a suggestion is a guess. */
const MOST_SLIPS = 2;

/** @param entropy 16 bytes for 12 words, 32 for 24, from a source that nobody can predict. */
export function mnemonicFromEntropy(entropy: Uint8Array): Mnemonic {
  if (entropy.length !== 16 && entropy.length !== 32) throw new Error("internal: entropy has 16 or 32 bytes");
  return entropyToMnemonic(entropy, wordlist) as Mnemonic;
}

/** Case and white space do not matter. */
export function readMnemonic(text: string): ReadMnemonic {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (!WORD_COUNTS.includes(words.length)) return refuse({ code: "WORD_COUNT", count: words.length });
  const unknown = words.findIndex((word) => !wordlist.includes(word));
  if (unknown !== -1) {
    const closest = closestWord(words[unknown]!);
    return refuse({ code: "UNKNOWN_WORD", position: unknown + 1, ...(closest !== undefined && { closest }) });
  }
  const phrase = words.join(" ");
  if (!validateMnemonic(phrase, wordlist)) return refuse({ code: "CHECKSUM" });
  return { ok: true, mnemonic: phrase as Mnemonic };
}

/** One sentence for people, cause and remedy. */
export function describeMnemonicProblem(problem: MnemonicProblem): string {
  switch (problem.code) {
    case "WORD_COUNT":
      return `the phrase has ${problem.count} words; give all 12 or 24 of them`;
    case "UNKNOWN_WORD": {
      const remedy =
        problem.closest === undefined ? "compare it with what you wrote down" : `is it ${problem.closest}?`;
      return `word ${problem.position} is not in the list of BIP-39; ${remedy}`;
    }
    case "CHECKSUM":
      return "these words do not belong together, one is wrong or out of order; compare them with what you wrote down";
  }
}

/** 64 bytes, from which all keys come; no passphrase. */
export function seedOf(mnemonic: Mnemonic): Uint8Array {
  return mnemonicToSeedSync(mnemonic);
}

function refuse(problem: MnemonicProblem): ReadMnemonic {
  return { ok: false, problem };
}

function closestWord(typed: string): string | undefined {
  let closest: string | undefined;
  let fewest = MOST_SLIPS + 1;
  for (const word of wordlist) {
    // Far longer than any word: not worth a table.
    const slips = typed.length > word.length + MOST_SLIPS ? fewest : slipsBetween(typed, word);
    if (slips < fewest) [closest, fewest] = [word, slips];
  }
  return closest;
}

/** How many letters have to be changed, added, left out or swapped with a neighbour to come from one word to the other. */
function slipsBetween(from: string, to: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const change = row[column - 1]! + (from[index] === to[column - 1] ? 0 : 1);
      const isSwap = from[index] === to[column - 2] && from[index - 1] === to[column - 1];
      const swap = isSwap ? (before[column - 2] ?? change) + 1 : change;
      next.push(Math.min(change, swap, row[column]! + 1, next[column - 1]! + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length]!;
}
