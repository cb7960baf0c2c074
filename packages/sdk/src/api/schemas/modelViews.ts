/** The model that a network has trained so far, in figures and in one honest sentence. */
import { type Static, Type } from "typebox";
import { countNumber, digestText } from "./primitives.ts";

export const modelView = Type.Object({
  digest: Type.String({ ...digestText, description: "of the weights of the newest finalised model" }),
  round: Type.Integer({ ...countNumber, description: "the round that made it; 0: the first model, not trained yet" }),
  steps: Type.Integer({ ...countNumber, description: "inner steps that it has behind it" }),
  preset: Type.String({ description: "size of the model, by name" }),
  parameters: countNumber,
  context: Type.Integer({ ...countNumber, description: "most tokens of prompt and answer together" }),
  vocabularySize: countNumber,
  validationLoss: Type.Union([Type.Number(), Type.Null()], {
    description: "nats per token on text that is not trained on; null before the first evaluation",
  }),
  chats: Type.Boolean({ description: "whether it was trained on dialogues, so that questions make sense" }),
  trainedTokens: Type.Integer({ ...countNumber, description: "tokens of all included work together" }),
  maturity: Type.Enum(["untrained", "babbling", "words", "sentences"], { description: "what can be expected of it" }),
  sentence: Type.String({ description: "the same for people, in one sentence" }),
});
export type ModelView = Static<typeof modelView>;
