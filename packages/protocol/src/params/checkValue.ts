/** Whether a parameter can have a value at all, and whether one proposal can move it that far. */
import { ONE } from "../numbers/decimal.ts";
import { larger } from "../numbers/larger.ts";
import { type DecimalEntry, type IntegerEntry, type ParamEntry, resolveQuantity, type SchedulePoint } from "./entry.ts";
import { formatParamValue } from "./formatParamValue.ts";
import type { ChainClock } from "./presets.ts";
import type { ParamProblem } from "./problem.ts";
import { entryOf, type ParamKey } from "./registry.ts";
import type { ParamValue } from "./value.ts";

/** The first reason why `key` cannot be `value` on a network with this clock. */
export function checkValue(key: ParamKey, value: ParamValue, clock: ChainClock): ParamProblem | undefined {
  const entry = entryOf(key);
  if (entry.type !== value.kind) return { code: "PARAM_WRONG_TYPE", key, expected: entry.type, actual: value.kind };
  switch (value.kind) {
    case "flag":
      return undefined;
    case "word": {
      const { words } = entry as Extract<ParamEntry, { type: "word" }>;
      if (words.includes(value.value)) return undefined;
      return { code: "PARAM_UNKNOWN_WORD", key, value: value.value, words: words.join(", ") };
    }
    case "schedule":
      return checkSchedule(key, value.points, entry as Extract<ParamEntry, { type: "schedule" }>);
    case "integer":
    case "decimal":
      return checkRange(key, value, boundsOf(entry as IntegerEntry | DecimalEntry, clock));
    default:
      return value satisfies never;
  }
}

export interface ParamMove {
  readonly key: ParamKey;
  readonly from: ParamValue;
  readonly to: ParamValue;
}

/**
 * The reason why one proposal cannot take `key` from one value to the other, both of them valid. The largest step is a
 * part of the old value or of the main network's default, whichever is larger, so that a parameter can leave 0 again.
 */
export function checkStep({ key, from, to }: ParamMove, clock: ChainClock): ParamProblem | undefined {
  const entry = entryOf(key);
  if (entry.type !== "integer" && entry.type !== "decimal") return undefined;
  if (entry.maxStep === null || from.kind !== entry.type || to.kind !== entry.type) return undefined;
  const usual = entry.type === "decimal" ? entry.default.main : BigInt(resolveQuantity(entry.default.main, clock));
  const base = larger(magnitude(from.value), magnitude(usual));
  const largestStep = (base * entry.maxStep) / ONE;
  if (magnitude(to.value - from.value) <= largestStep) return undefined;
  return {
    code: "PARAM_STEP_TOO_LARGE",
    key,
    from: formatParamValue(from),
    to: formatParamValue(to),
    largestStep: formatParamValue({ kind: entry.type, value: largestStep }),
  };
}

interface Bounds {
  readonly least: bigint;
  readonly most: bigint;
}

function boundsOf(entry: IntegerEntry | DecimalEntry, clock: ChainClock): Bounds {
  if (entry.type === "decimal") return entry;
  return { least: BigInt(resolveQuantity(entry.least, clock)), most: BigInt(resolveQuantity(entry.most, clock)) };
}

function checkRange(
  key: ParamKey,
  value: Extract<ParamValue, { kind: "integer" | "decimal" }>,
  { least, most }: Bounds,
): ParamProblem | undefined {
  if (value.value >= least && value.value <= most) return undefined;
  const text = (number: bigint) => formatParamValue({ kind: value.kind, value: number });
  return { code: "PARAM_OUT_OF_RANGE", key, value: text(value.value), least: text(least), most: text(most) };
}

function checkSchedule(
  key: ParamKey,
  points: readonly SchedulePoint[],
  { least, most }: Bounds,
): ParamProblem | undefined {
  const bad = (detail: string) => ({ code: "PARAM_BAD_SCHEDULE", key, detail }) as const;
  if (points[0]?.from !== 0n) return bad("the first point must be at 0");
  for (const [index, { from, value }] of points.entries()) {
    const before = points[index - 1];
    if (before !== undefined && from <= before.from) return bad("the points must rise");
    if (from >= ONE) return bad("the points must be below 1, the end of the run");
    const problem = checkRange(key, { kind: "decimal", value }, { least, most });
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
