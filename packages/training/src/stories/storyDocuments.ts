/**
 * The built-in corpus: small English stories in the manner of a children's book, and conversations with somebody who tells
 * them. A probabilistic grammar (24 plots, some 680 words) written for this project; no text comes from anywhere else.
 * Document i of a seed is a pure function of (seed, i), in integer arithmetic.
 *
 * Entropy: 0.1037 bits per character, 0.515 bits per word (of the derivation; see `measureStories` and docs/stories.md).
 */
import { documentSeparator } from "../data/corpus.ts";
import { chatDocument } from "./chatDocument.ts";
import { Chooser } from "./chooser.ts";
import { tellStory } from "./tellStory.ts";

export interface DrawnDocument {
  readonly text: string;
  /** Information of the choices made: the sum of -log2(probability). */
  readonly bits: number;
}

/** Document `index` of the corpus with this seed: a story or a conversation, equally likely. */
export function drawDocument(seed: number, index: number): DrawnDocument {
  const chooser = new Chooser(seed, index);
  const text = chooser.chance(1, 2) ? chatDocument(chooser) : tellStory(chooser).text;
  return { text, bits: chooser.bits };
}

/** The documents of a seed in order, without end. */
export function* storyDocuments({ seed }: { readonly seed: number }): Generator<string, never> {
  for (let index = 0; ; index++) yield drawDocument(seed, index).text;
}

export interface StoriesRequest {
  readonly seed: number;
  /** The text is at least this long and ends with a whole document. It is ASCII: one byte a character. */
  readonly minBytes: number;
}

/** The first documents of a seed, as a list whose text with blank lines between has at least `minBytes` bytes. */
export function takeStories({ seed, minBytes }: StoriesRequest): string[] {
  const documents: string[] = [];
  let bytes = -documentSeparator.length;
  for (const document of storyDocuments({ seed })) {
    documents.push(document);
    bytes += documentSeparator.length + document.length;
    if (bytes >= minBytes) break;
  }
  return documents;
}

/** The same documents as one text, separated by blank lines. */
export function generateStories(request: StoriesRequest): string {
  return takeStories(request).join(documentSeparator);
}
