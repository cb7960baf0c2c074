/** Writes new values into the history of parameters: the only place that does. */
import { formatParamValue } from "../params/formatParamValue.ts";
import { withSetting } from "../params/history.ts";
import { historyIn } from "../params/paramsOfState.ts";
import { isParamKey, type ParamKey } from "../params/registry.ts";
import type { ParamValue } from "../params/value.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { Digest } from "../types/identifiers.ts";

export interface ParameterStep {
  readonly key: string;
  readonly from: ParamValue;
  readonly to: ParamValue;
}

/** In force from this height on. */
export function setParameters(
  draft: Draft,
  steps: readonly ParameterStep[],
  nepId: Digest,
  height: number,
): DraftEvent[] {
  return steps.map(({ key, from, to }) => {
    const known = knownKey(key);
    draft.set("params", known, withSetting(historyIn(draft, known), { height, value: to, nepId }));
    return { kind: "parameterChanged", key, from: formatParamValue(from), to: formatParamValue(to), nepId };
  });
}

/** Keys in records were checked at submission. */
export function knownKey(key: string): ParamKey {
  if (!isParamKey(key)) throw new Error(`internal: there is no parameter ${key}`);
  return key;
}
