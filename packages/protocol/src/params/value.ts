/** What a parameter can be set to. Numbers are exact: integers, or decimals that count 10^-18. */
import type { ValueOf } from "../codec/codec.ts";
import { list, struct, union } from "../codec/composites.ts";
import { bool, i128, text } from "../codec/primitives.ts";

const MOST_SCHEDULE_POINTS = 16;

/** From `from` (a fraction of the whole run, times 10^18) on, the value is `value` (times 10^18). */
export const schedulePoint = struct({ from: i128, value: i128 });

export const paramValue = union({
  flag: struct({ value: bool }),
  integer: struct({ value: i128 }),
  decimal: struct({ value: i128 }),
  word: struct({ value: text(64) }),
  schedule: struct({ points: list(schedulePoint, MOST_SCHEDULE_POINTS) }),
});

export type ParamValue = ValueOf<typeof paramValue>;
