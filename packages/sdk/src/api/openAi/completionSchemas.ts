/** Texts that go on with a prompt, in the form of OpenAI's completions. */
import { type Static, Type } from "typebox";
import { integerOrNull, MOST_CHOICES, notBuilt, requestMembers } from "./requestMembers.ts";
import { finishReason, textMembers, usageView } from "./textMembers.ts";

const MOST_TOP_LOGPROBS = 5;
const tokenIds = Type.Array(Type.Integer({ minimum: 0, maximum: 2 ** 31 }), { minItems: 1, maxItems: 2 ** 20 });

export const completionRequest = Type.Object({
  ...requestMembers,
  prompt: Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1, maxItems: MOST_CHOICES }), tokenIds]),
  logprobs: integerOrNull({
    least: 0,
    most: MOST_TOP_LOGPROBS,
    description: "log probabilities of the tokens, and of so many likeliest ones",
  }),
  echo: notBuilt([false, null]),
  suffix: notBuilt(["", null]),
  best_of: notBuilt([1, null]),
});
export type CompletionRequest = Static<typeof completionRequest>;

const completionLogprobs = Type.Object({
  tokens: Type.Array(Type.String()),
  token_logprobs: Type.Array(Type.Number()),
  top_logprobs: Type.Array(Type.Record(Type.String(), Type.Number())),
  text_offset: Type.Array(Type.Integer(), { description: "characters of the text before the token" }),
});

export const completionView = Type.Object({
  ...textMembers,
  object: Type.Literal("text_completion"),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      text: Type.String(),
      logprobs: Type.Union([completionLogprobs, Type.Null()]),
      finish_reason: Type.Union([finishReason, Type.Null()], { description: "null before the end of a stream" }),
    }),
  ),
  usage: Type.Optional(Type.Union([usageView, Type.Null()])),
});
/** Whole, or a part of a stream. */
export type CompletionView = Static<typeof completionView>;
