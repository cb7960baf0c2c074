/** What a corpus is to the rest of the program: named text in documents, wherever it comes from. */

/** A document, or a part of one that is too long to be held as one string. */
export interface CorpusPiece {
  readonly text: string;
  /** True for the last piece of its document. */
  readonly endsDocument: boolean;
}

export interface Corpus {
  /** For people and the manifest: a file name, a folder name, or the name of a built-in corpus. */
  readonly name: string;
  /** SHA-256, hexadecimal, over everything the pieces are made from. */
  readonly sha256: string;
  /** The text in order; may be walked any number of times. */
  readonly pieces: () => Iterable<CorpusPiece>;
}

/** Stands between two documents where no token can: a blank line. */
export const documentSeparator = "\n\n";

/** The texts a character tokenizer sees and is built from: the documents as they are, with a blank line between two of them. */
export function* continuousTexts(corpus: Corpus): Generator<string> {
  let betweenDocuments = false;
  for (const { text, endsDocument } of corpus.pieces()) {
    if (betweenDocuments) yield documentSeparator;
    yield text;
    betweenDocuments = endsDocument;
  }
}
