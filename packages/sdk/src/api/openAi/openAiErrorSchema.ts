/** The one shape of every error below /v1: that of OpenAI, and beyond it the figures behind the code. */
import { type Static, Type } from "typebox";

export const openAiErrorView = Type.Object({
  error: Type.Object({
    message: Type.String({ description: "for people: the cause; the remedy" }),
    type: Type.String(),
    param: Type.Union([Type.String(), Type.Null()], { description: "the member of the body that is at fault" }),
    code: Type.String({ pattern: "^[a-z][a-z0-9_]*$", description: "for programs" }),
    data: Type.Record(Type.String(), Type.String()),
  }),
});
export type OpenAiErrorView = Static<typeof openAiErrorView>;
