/** How much information the story corpus carries: very nearly the floor under the loss of any model trained on it. */
import { documentSeparator } from "../data/corpus.ts";
import { drawDocument } from "./storyDocuments.ts";

export interface StoryFigures {
  readonly documents: number;
  readonly characters: number;
  readonly words: number;
  /** Sum of -log2(probability) over all choices drawn. */
  readonly bits: number;
  readonly bitsPerCharacter: number;
  readonly bitsPerWord: number;
  /** Different words (letters only, in lower case). */
  readonly vocabulary: number;
}

/**
 * Draws the first `documents` documents and adds up the information of their choices. This is the entropy of the derivation,
 * an upper bound of the text's own entropy: it exceeds it only where two series of choices give one text.
 * Words are runs of non-space characters; the blank line after a document counts as characters.
 */
export function measureStories(seed: number, documents: number): StoryFigures {
  let [characters, words, bits] = [0, 0, 0];
  const vocabulary = new Set<string>();
  for (let index = 0; index < documents; index++) {
    const drawn = drawDocument(seed, index);
    characters += drawn.text.length + documentSeparator.length;
    words += drawn.text.split(/\s+/).length;
    bits += drawn.bits;
    for (const [word] of drawn.text.toLowerCase().matchAll(/[a-z]+/g)) vocabulary.add(word);
  }
  return {
    documents,
    characters,
    words,
    bits,
    bitsPerCharacter: bits / characters,
    bitsPerWord: bits / words,
    vocabulary: vocabulary.size,
  };
}
