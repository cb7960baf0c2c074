/** Answers in a conversation, in the form of OpenAI's chat completions. */
import { type Static, Type } from "typebox";
import { flagOrNull, integerOrNull, notBuilt, orNull, requestMembers } from "./requestMembers.ts";
import { finishReason, textMembers, usageView } from "./textMembers.ts";

const MOST_TOP_LOGPROBS = 20;
const MOST_MESSAGES = 1024;

const textPart = Type.Object({ type: Type.Literal("text"), text: Type.String() });

export const chatMessage = Type.Object({
  role: Type.Enum(["system", "developer", "user", "assistant"], {
    description: "the model knows no instructions: nothing of system and developer messages reaches it",
  }),
  content: Type.Union([Type.String(), Type.Array(textPart)]),
});
export type ChatMessage = Static<typeof chatMessage>;

export const chatRequest = Type.Object({
  ...requestMembers,
  messages: Type.Array(chatMessage, { minItems: 1, maxItems: MOST_MESSAGES }),
  max_completion_tokens: integerOrNull({
    least: 1,
    most: 2 ** 31,
    description: "most tokens to write; what the context has room for if not given",
  }),
  logprobs: flagOrNull("log probabilities of the tokens"),
  top_logprobs: integerOrNull({ least: 0, most: MOST_TOP_LOGPROBS, description: "and of so many likeliest ones" }),
  truncation: Type.Optional(
    Type.Enum(["auto", "disabled"], {
      description: "extension: `auto` leaves out the oldest turns where the context has no room for all",
    }),
  ),
  tools: orNull(Type.Array(Type.Unknown(), { maxItems: 0 })),
  functions: orNull(Type.Array(Type.Unknown(), { maxItems: 0 })),
  response_format: orNull(Type.Object({ type: Type.Literal("text") })),
  audio: notBuilt([null]),
});
export type ChatRequest = Static<typeof chatRequest>;

const tokenMembers = {
  token: Type.String(),
  logprob: Type.Number(),
  bytes: Type.Union([Type.Array(Type.Integer()), Type.Null()], { description: "null within a character" }),
};
const tokenLogprob = Type.Object({ ...tokenMembers, top_logprobs: Type.Array(Type.Object(tokenMembers)) });

const chatLogprobs = Type.Object({ content: Type.Array(tokenLogprob), refusal: Type.Null() });
const optionalLogprobs = Type.Union([chatLogprobs, Type.Null()]);

export const chatView = Type.Object({
  ...textMembers,
  object: Type.Literal("chat.completion"),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      message: Type.Object({ role: Type.Literal("assistant"), content: Type.String(), refusal: Type.Null() }),
      logprobs: optionalLogprobs,
      finish_reason: finishReason,
    }),
  ),
  usage: usageView,
});
export type ChatView = Static<typeof chatView>;

export const chatChunkView = Type.Object({
  ...textMembers,
  object: Type.Literal("chat.completion.chunk"),
  choices: Type.Array(
    Type.Object({
      index: Type.Integer(),
      delta: Type.Object({ role: Type.Optional(Type.Literal("assistant")), content: Type.Optional(Type.String()) }),
      logprobs: optionalLogprobs,
      finish_reason: Type.Union([finishReason, Type.Null()]),
    }),
  ),
  usage: Type.Optional(Type.Union([usageView, Type.Null()])),
});
export type ChatChunkView = Static<typeof chatChunkView>;
