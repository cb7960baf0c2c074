/** An active proposal whose time has come: rolled back by request, expired as an emergency, or final. spec/governance.md#G8 */

import type { NepRecord } from "../nep/record.ts";
import { checkInvariants } from "../params/invariants.ts";
import { createParams } from "../params/params.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import { removeActive } from "./activate.ts";
import { isSame } from "./checkChanges.ts";
import { expectedValues } from "./expectedValues.ts";
import { enterStage, type Nep, saveNep } from "./openNeps.ts";
import { knownKey, type ParameterStep, setParameters } from "./setParameters.ts";

export function endActive(draft: Draft, nep: Nep, height: number): readonly DraftEvent[] {
  const { record, nepId } = nep;
  const { stage } = record;
  if (stage.kind !== "active") throw new Error("internal: only an active proposal can be taken back");
  if (stage.rollbackAt !== null && stage.rollbackAt <= height) {
    return takeBack(draft, nep, { height, as: "reverted", code: "ROLLED_BACK" });
  }
  if (stage.expiresAt !== null && stage.expiresAt <= height) {
    return takeBack(draft, nep, { height, as: "expired", code: "NOT_RATIFIED" });
  }
  saveNep(draft, { nepId, record: { ...record, stage: { ...stage, isSettled: true } } });
  return [];
}

interface TakeBack {
  readonly height: number;
  readonly as: "reverted" | "expired";
  readonly code: string;
}

/** Restores each old value that nobody has changed since, all of them or none: the rules must still fit together. */
function takeBack(draft: Draft, nep: Nep, { height, as, code }: TakeBack): DraftEvent[] {
  const steps = restorable(draft, nep.record, height);
  const kept = nep.record.changes.filter(({ key }) => !steps.some((step) => step.key === key)).map(({ key }) => key);
  const detail = kept.length === 0 ? "" : `left as it is: ${kept.join(", ")}`;
  removeActive(draft, nep.nepId);
  const ended = { kind: "ended", as, at: height, reason: { code, detail } } as const;
  return [enterStage(draft, nep, ended, { height, detail: code }), ...setParameters(draft, steps, nep.nepId, height)];
}

function restorable(draft: Draft, { changes }: NepRecord, height: number): readonly ParameterStep[] {
  const current = expectedValues(draft, [], height);
  const steps = changes
    .filter(({ key, newValue }) => isSame(current(knownKey(key)), newValue))
    .map(({ key, oldValue, newValue }) => ({ key, from: newValue, to: oldValue }));
  const restored = new Map(steps.map(({ key, to }) => [key, to]));
  const broken = checkInvariants(createParams((key) => restored.get(key) ?? current(key)));
  return broken === undefined ? steps : [];
}
