import { describe, expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "../crypto/hash.ts";
import {
  describeMnemonicProblem,
  type MnemonicProblem,
  mnemonicFromEntropy,
  readMnemonic,
  seedOf,
} from "./mnemonic.ts";

const ABOUT = `${"abandon ".repeat(11)}about`;

/** The published vectors of BIP-39 (python-mnemonic, vectors.json). */
const VECTORS: readonly (readonly [entropy: string, phrase: string])[] = [
  ["00".repeat(16), ABOUT],
  ["7f".repeat(16), "legal winner thank year wave sausage worth useful legal winner thank yellow"],
  ["80".repeat(16), "letter advice cage absurd amount doctor acoustic avoid letter advice cage above"],
  ["ff".repeat(16), `${"zoo ".repeat(11)}wrong`],
  ["00".repeat(32), `${"abandon ".repeat(23)}art`],
  ["ff".repeat(32), `${"zoo ".repeat(23)}vote`],
  [
    "7f".repeat(32),
    "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title",
  ],
  ["9e885d952ad362caeb4efe34a8e91bd2", "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic"],
  [
    "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c",
    "hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length",
  ],
];

function problemOf(text: string): MnemonicProblem {
  const read = readMnemonic(text);
  if (read.ok) throw new Error("the phrase was accepted");
  return read.problem;
}

describe("BIP-39", () => {
  test.each(VECTORS)("entropy %s is its phrase, and the phrase is accepted", (entropy, phrase) => {
    expect(mnemonicFromEntropy(hexToBytes(entropy))).toBe(phrase);
    expect(readMnemonic(phrase)).toEqual({ ok: true, mnemonic: phrase });
  });

  test("the seed without a passphrase is the published one", () => {
    expect(bytesToHex(seedOf(mnemonicFromEntropy(new Uint8Array(16))))).toBe(
      "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4",
    );
  });

  test("entropy of another length is a bug", () => {
    expect(() => mnemonicFromEntropy(new Uint8Array(20))).toThrow("internal");
  });
});

describe("phrases as people type them", () => {
  test("case, line breaks and spaces do not matter", () => {
    const typed = `  ${ABOUT.replace("abandon", "Abandon").replaceAll(" ", " \t\n ").toUpperCase()}\r\n`;
    expect(readMnemonic(typed)).toEqual({ ok: true, mnemonic: ABOUT });
  });

  test.each([0, 1, 11, 13, 15, 18, 21, 25])("%d words are refused with the count", (count) => {
    expect(problemOf("abandon ".repeat(count))).toEqual({ code: "WORD_COUNT", count });
  });

  test.each([
    ["abandn", "abandon"],
    ["abandom", "abandon"],
    ["aboutt", "about"],
    ["pcinic", "picnic"],
    ["sausge", "sausage"],
  ])("%s is refused with its position and %s as the closest word", (typed, closest) => {
    const words = ABOUT.split(" ");
    words[4] = typed;
    expect(problemOf(words.join(" "))).toEqual({ code: "UNKNOWN_WORD", position: 5, closest });
  });

  test.each(["qqqqqqqq", "x".repeat(10_000), "\u{1f4a9}\u{1f4a9}\u{1f4a9}\u{1f4a9}\u{1f4a9}"])(
    "a word like no other gets no suggestion",
    (typed) => {
      expect(problemOf(ABOUT.replace("about", typed))).toEqual({ code: "UNKNOWN_WORD", position: 12 });
    },
  );

  test("W6: words in a wrong order, or with a neighbour in the list, are another phrase and are refused", () => {
    const phrase = VECTORS[7]![1];
    const swapped = phrase.replace("ozone drill", "drill ozone");
    for (const typed of [swapped, phrase.replace("drill", "drink"), "abandon ".repeat(12)])
      expect(problemOf(typed)).toEqual({ code: "CHECKSUM" });
  });

  test("each problem has a sentence with cause and remedy, and shows nothing of what was typed but the count", () => {
    const typed = [
      `${ABOUT} zebra`,
      ABOUT.replace("about", "qqqqqqqq"),
      ABOUT.replace("about", "abou"),
      "zoo ".repeat(12),
    ];
    expect(typed.map((text) => describeMnemonicProblem(problemOf(text)))).toEqual([
      "the phrase has 13 words; give all 12 or 24 of them",
      "word 12 is not in the list of BIP-39; compare it with what you wrote down",
      "word 12 is not in the list of BIP-39; is it about?",
      expect.stringMatching(/^these words do not belong together, .+; compare/),
    ]);
  });
});
