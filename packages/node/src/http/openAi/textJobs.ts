/** From the members that all requests for texts share to jobs of the writer. */
import { randomInt } from "node:crypto";
import { defaultSampling, type SamplingOptions, TokenizerError } from "@neuroshard/model";
import type { ChatRequest, CompletionRequest } from "@neuroshard/sdk/api";
import type { TextJob } from "../../serving/textRequest.ts";
import { refused } from "../httpFault.ts";
import type { ReadyWriter } from "./servedModels.ts";

/** A token is never longer, so longer texts cannot fit, and are not looked at. */
const MOST_TOKEN_CHARACTERS = 256;
const SEEDS = 2 ** 53;
const MOST_DRAWN_SEED = 2 ** 47;

type SharedMembers = Omit<CompletionRequest, "prompt" | "logprobs"> | Omit<ChatRequest, "messages" | "logprobs">;

export interface FittedPrompt {
  readonly tokens: readonly number[];
  readonly maxTokens: number;
}

/** Throws HttpFault BAD_REQUEST, CONTEXT_LENGTH_EXCEEDED. @param path Of the text in the request. */
export function encodePrompt(text: string, path: string, { tokenizer, context }: ReadyWriter): readonly number[] {
  const least = Math.ceil(text.length / MOST_TOKEN_CHARACTERS);
  if (least > context) throw tooLong(context, least, 1);
  try {
    const tokens = [...tokenizer.encode(text)];
    // As a text that begins: after the end of the one before.
    return tokens.length > 0 ? tokens : [Math.max(0, tokenizer.endOfText)];
  } catch (error) {
    if (!(error instanceof TokenizerError)) throw error;
    const isUnicode = error.code !== "MALFORMED_TEXT";
    const reason = isUnicode ? "has a character that the model does not know" : "is no valid Unicode";
    throw refused("BAD_REQUEST", { path, reason });
  }
}

/** Throws HttpFault CONTEXT_LENGTH_EXCEEDED. */
export function fitPrompt(tokens: readonly number[], asked: number, context: number): FittedPrompt {
  if (tokens.length + asked > context) throw tooLong(context, tokens.length, asked);
  return { tokens, maxTokens: asked };
}

function tooLong(context: number, prompt: number, completion: number) {
  const figures = { context, asked: prompt + completion, prompt, completion };
  const texts = Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, String(figure)]));
  return refused("CONTEXT_LENGTH_EXCEEDED", texts as Record<keyof typeof figures, string>);
}

/** The texts of one prompt stand together. */
export function textJobs(
  body: SharedMembers,
  prompts: readonly FittedPrompt[],
  topLikelihoods: number | undefined,
  ownStops: readonly string[] = [],
): readonly TextJob[] {
  const sampling = samplingOf(body);
  const stop = [...ownStops, ...stopsOf(body)];
  const seed = body.seed ?? randomInt(MOST_DRAWN_SEED);
  return prompts.flatMap(({ tokens, maxTokens }, index) => {
    const n = body.n ?? 1;
    return Array.from({ length: n }, (_, choice): TextJob => {
      const own = seedOf(seed, index * n + choice);
      return { prompt: tokens, maxTokens, seed: own, sampling, stop, topLikelihoods };
    });
  });
}

/** Every choice has a seed of its own, the first the one that was given. Negative ones count from above. */
function seedOf(seed: number, choice: number): number {
  return Number((((BigInt(seed) + BigInt(choice)) % BigInt(SEEDS)) + BigInt(SEEDS)) % BigInt(SEEDS));
}

function samplingOf(body: SharedMembers): SamplingOptions {
  return {
    temperature: body.temperature ?? defaultSampling.temperature,
    topK: body.top_k ?? defaultSampling.topK,
    topP: body.top_p ?? defaultSampling.topP,
    repetitionPenalty: body.repetition_penalty ?? defaultSampling.repetitionPenalty,
    presencePenalty: body.presence_penalty ?? defaultSampling.presencePenalty,
    frequencyPenalty: body.frequency_penalty ?? defaultSampling.frequencyPenalty,
  };
}

function stopsOf({ stop }: SharedMembers): readonly string[] {
  if (stop === undefined || stop === null) return [];
  return typeof stop === "string" ? [stop] : stop;
}
