/**
 * Members that requests for texts share. As OpenAI's clients send them: any of them may be null, and members that are not
 * named here mean nothing. What would change the text and is not built is refused, not ignored.
 */
import { type TSchema, Type } from "typebox";

interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly description: string;
}

function numberOrNull({ least, most, description }: NumberRange) {
  return Type.Optional(
    Type.Unsafe<number | null>({ type: ["number", "null"], minimum: least, maximum: most, description }),
  );
}

export function integerOrNull({ least, most, description }: NumberRange) {
  return Type.Optional(
    Type.Unsafe<number | null>({ type: ["integer", "null"], minimum: least, maximum: most, description }),
  );
}

export function flagOrNull(description: string) {
  return Type.Optional(Type.Unsafe<boolean | null>({ type: ["boolean", "null"], description }));
}

/** Only these values: another one would have to change the text. */
export function notBuilt(values: readonly (string | number | boolean | null)[]) {
  return Type.Optional(Type.Unsafe<unknown>({ enum: [...values], description: "nothing else is built" }));
}

export function orNull<S extends TSchema>(schema: S) {
  return Type.Optional(Type.Union([schema, Type.Null()]));
}

const MOST_STOPS = 4;
const MOST_STOP_LENGTH = 256;
const stopText = Type.String({ maxLength: MOST_STOP_LENGTH });

export const MOST_CHOICES = 4;

export const requestMembers = {
  model: Type.String({
    maxLength: 128,
    description: "`neuroshard`: the newest model; `neuroshard-ROUND`: that one, if it is the newest",
  }),
  max_tokens: integerOrNull({ least: 1, most: 2 ** 31, description: "most tokens to write" }),
  temperature: numberOrNull({ least: 0, most: 2, description: "0 takes the likeliest token; 0.8 if not given" }),
  top_p: numberOrNull({ least: 0, most: 1, description: "among the tokens that make up this probability" }),
  top_k: integerOrNull({
    least: 0,
    most: 2 ** 31,
    description: "extension: among so many of the likeliest tokens; 0: all; 40 if not given",
  }),
  presence_penalty: numberOrNull({ least: -2, most: 2, description: "against tokens that were written" }),
  frequency_penalty: numberOrNull({ least: -2, most: 2, description: "the same for each time" }),
  repetition_penalty: numberOrNull({
    least: 0.01,
    most: 100,
    description: "extension: above 1 against tokens of prompt and text",
  }),
  seed: integerOrNull({
    least: Number.MIN_SAFE_INTEGER,
    most: Number.MAX_SAFE_INTEGER,
    description: "the same seed and model give the same text, whoever else is served",
  }),
  n: integerOrNull({ least: 1, most: MOST_CHOICES, description: "texts of each prompt" }),
  stop: orNull(Type.Union([stopText, Type.Array(stopText, { maxItems: MOST_STOPS })])),
  stream: flagOrNull("as server-sent events while it is written"),
  stream_options: orNull(Type.Object({ include_usage: flagOrNull("counts in one more event at the end") })),
  logit_bias: Type.Optional(Type.Unsafe<unknown>({ type: ["object", "null"], maxProperties: 0 })),
  user: orNull(Type.String()),
};
