/**
 * What parameters will be when a proposal activates: as they are now, with the changes of the proposals that it names as
 * required and that are still on their way. Both its old values and the invariants are checked against this.
 */

import type { AppliedChange } from "../nep/record.ts";
import { valueAt } from "../params/history.ts";
import { createParams, type Params } from "../params/params.ts";
import { historyIn } from "../params/paramsOfState.ts";
import type { ParamKey } from "../params/registry.ts";
import type { ParamValue } from "../params/value.ts";
import type { Draft } from "../state/draft.ts";
import type { Digest } from "../types/identifiers.ts";

export type Expected = (key: ParamKey) => ParamValue;

export function expectedValues(draft: Draft, requires: readonly Digest[], height: number): Expected {
  const planned = new Map<string, ParamValue>();
  // In the order of submission, whatever order the proposal names them in: so they will activate.
  for (const { nepId } of draft.cell("openNeps").open.filter(({ nepId }) => requires.includes(nepId))) {
    const record = draft.get("neps", nepId);
    if (record === undefined || record.stage.kind === "active") continue;
    for (const { key, newValue } of record.changes) planned.set(key, newValue);
  }
  return (key) => planned.get(key) ?? valueAt(historyIn(draft, key), height);
}

/** All parameters, with these changes on top. */
export function paramsWith(expected: Expected, changes: readonly AppliedChange[]): Params {
  const changed = new Map(changes.map(({ key, newValue }) => [key, newValue]));
  return createParams((key) => changed.get(key) ?? expected(key));
}
