/** The parameters as the chain has them: at a height of the past, or in the block that is being made. */
import type { Draft } from "../state/draft.ts";
import type { State } from "../state/state.ts";
import { type ParameterHistory, valueAt } from "./history.ts";
import { createParams, type Params } from "./params.ts";
import type { ParamKey } from "./registry.ts";

/** `params.at(height)`: a function of the proposals that have activated, the same on every node. */
export function paramsAt(state: State, height: number): Params {
  return createParams((key) => valueAt(historyOrFail(state.tables.params.get(key), key), height));
}

export function paramsInDraft(draft: Draft, height: number): Params {
  return createParams((key) => valueAt(historyIn(draft, key), height));
}

export function historyIn(draft: Draft, key: ParamKey): ParameterHistory {
  return historyOrFail(draft.get("params", key), key);
}

function historyOrFail(history: ParameterHistory | undefined, key: ParamKey): ParameterHistory {
  if (history === undefined) throw new Error(`internal: the state has no parameter ${key}`);
  return history;
}
