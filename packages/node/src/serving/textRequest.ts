/** What a model is asked to write, and what comes back, token by token. Plain data: it passes between threads. */
import type { SamplingOptions } from "@neuroshard/model";

/** One text to write. */
export interface TextJob {
  /** At least one token; with `maxTokens` no more than the context holds. */
  readonly prompt: readonly number[];
  readonly maxTokens: number;
  /** The draw of token n is a function of the seed and n, whatever else is written at the same time. */
  readonly seed: number;
  readonly sampling: SamplingOptions;
  readonly stop: readonly string[];
  /** How many of the most likely tokens are told beside the chosen one; undefined: no probabilities at all. */
  readonly topLikelihoods: number | undefined;
}

/** Texts that are written by the same model. */
export interface TextRequest {
  readonly id: number;
  readonly jobs: readonly TextJob[];
}

export interface TokenText {
  readonly text: string;
  /** Natural logarithm of what the model held it to be, before temperature and penalties. */
  readonly logProbability: number;
}

export interface TokenLikelihood extends TokenText {
  /** Most likely first. */
  readonly top: readonly TokenText[];
}

export interface TextEnd {
  readonly finish: "stop" | "length";
  /** That were written, those of a stop string among them; the token that ends a text is none. */
  readonly tokens: number;
}

/** What one step adds to one text. */
export interface TextPiece {
  readonly request: number;
  /** Which of its jobs. */
  readonly job: number;
  /** Number of the model, in the order in which models came. */
  readonly model: number;
  /** What can be shown now; often nothing: an unfinished character, or what may become a stop string. */
  readonly text: string;
  /** Of the tokens whose text is shown now; empty where they were not asked for. */
  readonly likelihoods: readonly TokenLikelihood[];
  readonly end: TextEnd | undefined;
}
