/** Parameters: their value at a height, what they may be, and what they were. */
import { type Static, Type } from "typebox";
import { countNumber, digestText, heightNumber, paramKeyText } from "./primitives.ts";

const paramValueJson = Type.Union([Type.Boolean(), Type.Integer(), Type.String()], {
  description: "flags and integers as such; decimals, words and schedules as exact text",
});

const bound = Type.Union([Type.String(), Type.Null()], { description: "null where the type has no order" });

export const paramView = Type.Object({
  key: paramKeyText,
  type: Type.Enum(["flag", "integer", "decimal", "word", "schedule"]),
  unit: Type.String(),
  doc: Type.String(),
  value: paramValueJson,
  since: Type.Integer({ ...heightNumber, description: "height from which it has this value" }),
  nepId: Type.Union([digestText, Type.Null()], { description: "the proposal that set it; null: genesis" }),
  default: paramValueJson,
  least: bound,
  most: bound,
  words: Type.Array(Type.String()),
  nepTypes: Type.Array(Type.String(), { description: "types of proposals that may change it; none: fixed" }),
  isEmergencyChangeable: Type.Boolean(),
  cooldownBlocks: countNumber,
});
export type ParamView = Static<typeof paramView>;

export const paramsView = Type.Object({ height: heightNumber, params: Type.Array(paramView) });
export type ParamsView = Static<typeof paramsView>;

export const paramHistoryView = Type.Object({
  key: paramKeyText,
  settings: Type.Array(
    Type.Object({
      height: heightNumber,
      value: paramValueJson,
      nepId: Type.Union([digestText, Type.Null()]),
    }),
    { description: "the oldest first" },
  ),
});
export type ParamHistoryView = Static<typeof paramHistoryView>;
