/** Models that the node writes with, in the form of OpenAI's list of models. */
import { type Static, Type } from "typebox";
import { countNumber, digestText } from "../schemas/primitives.ts";

export const servedModelView = Type.Object({
  id: Type.String({ description: "`neuroshard`: whatever is newest; `neuroshard-ROUND`" }),
  object: Type.Literal("model"),
  created: Type.Integer({ description: "Unix time in seconds: when the network began" }),
  owned_by: Type.String(),
  digest: digestText,
  round: countNumber,
  steps: countNumber,
  context: Type.Integer({ description: "most tokens of prompt and text together" }),
});
export type ServedModelView = Static<typeof servedModelView>;

export const servedModelList = Type.Object({ object: Type.Literal("list"), data: Type.Array(servedModelView) });
export type ServedModelList = Static<typeof servedModelList>;
