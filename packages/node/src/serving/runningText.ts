/** A text that is being written: from logits to the next token, and from tokens to what may be shown. */
import {
  type LogProbabilities,
  logProbabilities,
  StopFilter,
  type StreamDecoder,
  sample,
  type Tokenizer,
} from "@neuroshard/model";
import { randomUnit } from "@neuroshard/tensor";
import type { TextJob, TextPiece, TokenLikelihood } from "./textRequest.ts";

export type Written = Pick<TextPiece, "text" | "likelihoods" | "end">;

interface HeldLikelihood {
  /** Characters of the text before the token. */
  readonly from: number;
  readonly likelihood: TokenLikelihood;
}

export class RunningText {
  readonly #job: TextJob;
  readonly #tokenizer: Tokenizer;
  readonly #decoder: StreamDecoder;
  readonly #filter: StopFilter;
  readonly #tokens: number[];
  /** Characters. */
  #decodedLength = 0;
  #shownLength = 0;
  #held: HeldLikelihood[] = [];

  constructor(job: TextJob, tokenizer: Tokenizer) {
    this.#job = job;
    this.#tokenizer = tokenizer;
    this.#decoder = tokenizer.createDecoder();
    this.#filter = new StopFilter(job.stop);
    this.#tokens = [...job.prompt];
  }

  /** The model has seen all but this. */
  get lastToken(): number {
    return this.#tokens.at(-1)!;
  }

  /** @param logits Of the model after all tokens until now. */
  write(logits: Float32Array): Written {
    const { prompt, seed, sampling, maxTokens, topLikelihoods } = this.#job;
    const history = { tokens: this.#tokens, promptLength: prompt.length };
    const token = sample(logits, sampling, randomUnit({ seed, purpose: "sampling" }, 0, this.#count), history);
    if (token === this.#tokenizer.endOfText) return this.#end("stop", "");
    this.#tokens.push(token);
    if (topLikelihoods !== undefined) this.#hold(logProbabilities(logits, token, topLikelihoods));
    const text = this.#decoder.push(token);
    this.#decodedLength += text.length;
    const shown = this.#filter.push(text);
    if (this.#filter.stopped) return this.#end("stop", shown);
    if (this.#count === maxTokens) return this.#end("length", shown);
    this.#shownLength += shown.length;
    return { text: shown, likelihoods: this.#release(), end: undefined };
  }

  get #count(): number {
    return this.#tokens.length - this.#job.prompt.length;
  }

  #end(finish: "stop" | "length", shown: string): Written {
    const text = shown + this.#filter.push(this.#decoder.end()) + this.#filter.end();
    this.#shownLength += text.length;
    const likelihoods = this.#filter.stopped ? this.#release() : this.#held.map(({ likelihood }) => likelihood);
    return { text, likelihoods, end: { finish, tokens: this.#count } };
  }

  #hold({ chosen, top }: LogProbabilities): void {
    const textOf = ({ token, logProbability }: LogProbabilities["chosen"]) => {
      return { text: this.#tokenizer.decode([token]), logProbability };
    };
    this.#held.push({ from: this.#decodedLength, likelihood: { ...textOf(chosen), top: top.map(textOf) } });
  }

  /** Of the tokens that are shown, if only in part. */
  #release(): readonly TokenLikelihood[] {
    const shown = this.#held.filter(({ from }) => from < this.#shownLength);
    this.#held = this.#held.slice(shown.length);
    return shown.map(({ likelihood }) => likelihood);
  }
}
