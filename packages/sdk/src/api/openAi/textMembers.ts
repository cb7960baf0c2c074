/** Members that written texts share. */
import { type Static, Type } from "typebox";

const count = Type.Integer({ minimum: 0 });

export const usageView = Type.Object({
  prompt_tokens: Type.Integer({ minimum: 0, description: "each prompt once, however many texts go on with it" }),
  completion_tokens: Type.Integer({ minimum: 0, description: "all that were written, those of stop strings too" }),
  total_tokens: count,
});
export type UsageView = Static<typeof usageView>;

export const finishReason = Type.Enum(["stop", "length"], {
  description: "stop: the text ended, or a stop string came; length: as many tokens as were asked for",
});

export const textMembers = {
  id: Type.String(),
  created: Type.Integer({ description: "Unix time in seconds" }),
  model: Type.String({ description: "`neuroshard-ROUND`" }),
  system_fingerprint: Type.String({ description: "`ns-` and the first 16 digits of the digest of the weights" }),
};
