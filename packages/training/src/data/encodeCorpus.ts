/** From a corpus to one stream of token ids, the same on every machine. */
import type { Tokenizer } from "@neuroshard/model";
import { type Corpus, continuousTexts } from "./corpus.ts";
import { DataError } from "./dataError.ts";
import { makeTokenArray, type TokenArray, type TokenBytes, tokenBytesFor } from "./tokens.ts";

export type CorpusTokenizer = Pick<Tokenizer, "encode" | "endOfText" | "vocabularySize">;

const firstCapacity = 1 << 16;

/** A token array that doubles its room as it fills. */
class TokenSink {
  #tokens: TokenArray;
  #length = 0;
  readonly #tokenBytes: TokenBytes;
  readonly #vocabularySize: number;

  constructor(vocabularySize: number) {
    this.#vocabularySize = vocabularySize;
    this.#tokenBytes = tokenBytesFor(vocabularySize);
    this.#tokens = makeTokenArray(firstCapacity, this.#tokenBytes);
  }

  append(ids: ArrayLike<number>): void {
    this.#makeRoom(ids.length);
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number;
      if (id >= this.#vocabularySize) throw this.#badToken(id);
      this.#tokens[this.#length + i] = id;
    }
    this.#length += ids.length;
  }

  finish(): TokenArray {
    return this.#tokens.slice(0, this.#length);
  }

  #makeRoom(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#tokens.length) return;
    const larger = makeTokenArray(Math.max(needed, 2 * this.#tokens.length), this.#tokenBytes);
    larger.set(this.#tokens.subarray(0, this.#length));
    this.#tokens = larger;
  }

  #badToken(id: number): DataError {
    return new DataError({
      code: "BAD_TOKEN",
      cause: `the tokenizer produced id ${id} although its vocabulary has ${this.#vocabularySize} entries`,
      remedy: "train the tokenizer again on this corpus",
      data: { id, vocabularySize: this.#vocabularySize },
    });
  }
}

/**
 * All tokens of the corpus. With an end-of-text id every document is followed by it. Without one (`endOfText` = -1,
 * character tokenizers) a single text is taken exactly as it is, and several documents are joined by blank lines.
 */
export function encodeCorpus(corpus: Corpus, tokenizer: CorpusTokenizer): TokenArray {
  const sink = new TokenSink(tokenizer.vocabularySize);
  if (tokenizer.endOfText < 0) {
    for (const text of continuousTexts(corpus)) sink.append(tokenizer.encode(text));
    return sink.finish();
  }
  const endOfText = [tokenizer.endOfText];
  for (const { text, endsDocument } of corpus.pieces()) {
    sink.append(tokenizer.encode(text));
    if (endsDocument) sink.append(endOfText);
  }
  return sink.finish();
}
