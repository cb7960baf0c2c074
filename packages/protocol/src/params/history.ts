/** Everything one parameter has ever been, by height: its record in the state. */
import type { ValueOf } from "../codec/codec.ts";
import { list, optional, struct } from "../codec/composites.ts";
import { count } from "../codec/primitives.ts";
import { digest } from "../types/identifiers.ts";
import { type ParamValue, paramValue } from "./value.ts";

/** Cooldowns make changes rare; the bound only keeps a damaged record from being read. */
const MOST_CHANGES = 65_536;

/** From `height` on the value is `value`; `nepId` is the proposal that set it, null at genesis. */
const parameterSetting = struct({ height: count, value: paramValue, nepId: optional(digest) });
export type ParameterSetting = ValueOf<typeof parameterSetting>;

/** Never empty, heights rising. */
export const parameterHistory = list(parameterSetting, MOST_CHANGES);
export type ParameterHistory = ValueOf<typeof parameterHistory>;

/** What held in the block at `height`. */
export function valueAt(history: ParameterHistory, height: number): ParamValue {
  const setting = history.findLast((candidate) => candidate.height <= height);
  if (setting === undefined) throw new Error(`internal: a parameter has no value at height ${height}`);
  return setting.value;
}

/** The history with one more setting. Two settings at one height: the later one counts, the earlier one never held. */
export function withSetting(history: ParameterHistory, setting: ParameterSetting): ParameterHistory {
  const last = history.at(-1);
  if (last === undefined) return [setting];
  if (last.height > setting.height) throw new Error(`internal: a parameter is set before height ${last.height}`);
  return [...(last.height === setting.height ? history.slice(0, -1) : history), setting];
}

/** Height from which the parameter may change again; the value of genesis may change at once. */
export function cooldownEnd(history: ParameterHistory, cooldownBlocks: number): number {
  const last = history.at(-1);
  return last === undefined || last.nepId === null ? 0 : last.height + cooldownBlocks;
}
