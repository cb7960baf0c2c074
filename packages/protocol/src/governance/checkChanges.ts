/**
 * The parameter changes of a proposal, checked one by one and together: known, in reach of its type, not too soon, from
 * what really is, to what may be, and leaving all invariants intact. spec/governance.md#G5
 */
import type { NepDocument, NepType, ParameterChange } from "../nep/document.ts";
import type { AppliedChange } from "../nep/record.ts";
import { checkStep, checkValue } from "../params/checkValue.ts";
import { formatParamValue } from "../params/formatParamValue.ts";
import { cooldownEnd } from "../params/history.ts";
import { checkInvariants } from "../params/invariants.ts";
import { paramFromChange } from "../params/paramFromChange.ts";
import { clockOf } from "../params/params.ts";
import { historyIn } from "../params/paramsOfState.ts";
import { entryOf, type ParamKey, paramKeyOf } from "../params/registry.ts";
import type { ParamValue } from "../params/value.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import { type Rejected, type Rejection, reject } from "../transition/outcome.ts";
import { type Expected, expectedValues, paramsWith } from "./expectedValues.ts";
import { unratifiedHolder } from "./unratified.ts";

export type CheckedChanges = { readonly ok: true; readonly changes: readonly AppliedChange[] } | Rejected;

export function checkChanges(draft: Draft, document: NepDocument, context: BlockContext): CheckedChanges {
  const expected = expectedValues(draft, document.requires, context.height);
  const changes: AppliedChange[] = [];
  for (const change of document.parameterChanges) {
    const checked = checkChange(change, document.nepType, { draft, expected, context });
    if ("code" in checked) return reject(checked);
    if (changes.some(({ key }) => key === checked.key)) return reject({ code: "PARAM_REPEATED", key: checked.key });
    changes.push(checked);
  }
  const broken = checkInvariants(paramsWith(expected, changes));
  return broken === undefined ? { ok: true, changes } : reject(broken);
}

interface Surroundings {
  readonly draft: Draft;
  readonly expected: Expected;
  readonly context: BlockContext;
}

function checkChange(change: ParameterChange, nepType: NepType, around: Surroundings): AppliedChange | Rejection {
  const key = paramKeyOf(change.module, change.parameter);
  if (key === undefined) return { code: "PARAM_UNKNOWN", key: `${change.module}.${change.parameter}` };
  const barred = reachProblem(key, nepType) ?? emergencyProblem(key, nepType, around) ?? cooldownProblem(key, around);
  if (barred !== undefined) return barred;
  const oldValue = paramFromChange(key, change.oldValue);
  if (!oldValue.ok) return oldValue.problem;
  const newValue = paramFromChange(key, change.newValue);
  if (!newValue.ok) return newValue.problem;
  const current = around.expected(key);
  if (!isSame(current, oldValue.value)) {
    return { code: "PARAM_STALE", key, current: formatParamValue(current), given: formatParamValue(oldValue.value) };
  }
  if (isSame(current, newValue.value)) return { code: "PARAM_UNCHANGED", key };
  const clock = clockOf(around.context.params);
  const problem =
    checkValue(key, newValue.value, clock) ?? checkStep({ key, from: current, to: newValue.value }, clock);
  return problem ?? { key, oldValue: current, newValue: newValue.value };
}

function reachProblem(key: ParamKey, nepType: NepType): Rejection | undefined {
  const { types, isEmergencyChangeable } = entryOf(key);
  const allowed = isEmergencyChangeable ? [...types, "emergency"] : types;
  if (allowed.length === 0) return { code: "PARAM_IMMUTABLE", key };
  if ((allowed as readonly string[]).includes(nepType)) return undefined;
  return { code: "PARAM_WRONG_TRACK", key, nepType, allowed: allowed.join(", ") };
}

function emergencyProblem(key: ParamKey, nepType: NepType, { draft }: Surroundings): Rejection | undefined {
  const holder = nepType === "emergency" ? unratifiedHolder(draft, key) : undefined;
  if (holder === undefined) return undefined;
  const reason = `${key} has its value from the emergency proposal ${holder}, which nobody has ratified`;
  return { code: "NEP_INVALID", field: "parameterChanges", reason };
}

function cooldownProblem(key: ParamKey, { draft, context }: Surroundings): Rejection | undefined {
  const { dayBlocks } = clockOf(context.params);
  const until = cooldownEnd(historyIn(draft, key), entryOf(key).cooldownDays * dayBlocks);
  return context.height < until ? { code: "PARAM_COOLDOWN", key, until } : undefined;
}

export function isSame(a: ParamValue, b: ParamValue): boolean {
  return a.kind === b.kind && formatParamValue(a) === formatParamValue(b);
}
