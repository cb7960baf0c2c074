/** A look at what the model writes while it is being trained. Does not touch the training state. */
import { DecodeSession, defaultSampling, generateTokens } from "@neuroshard/model";
import type { OpenRun } from "./openRun.ts";

const SAMPLE_TOKENS = 60;

export class Sampler {
  readonly #run: OpenRun;
  readonly #prompt: string;
  #session: DecodeSession | undefined;
  #samples = 0;

  constructor(run: OpenRun, prompt: string) {
    this.#run = run;
    this.#prompt = prompt;
  }

  /** The prompt and how the model goes on, up to 60 tokens. */
  write(): string {
    const { engine, store, tokenizer, recipe } = this.#run;
    if (this.#session === undefined)
      this.#session = new DecodeSession(engine, store, { mode: recipe.mode, weights: "float" });
    else this.#session.refresh();
    const options = {
      maxTokens: SAMPLE_TOKENS,
      seed: ++this.#samples,
      sampling: defaultSampling,
      endOfText: tokenizer.endOfText,
    };
    const tokens = generateTokens(this.#session, [...tokenizer.encode(this.#prompt)], options);
    return this.#prompt + tokenizer.decode([...tokens]);
  }
}
