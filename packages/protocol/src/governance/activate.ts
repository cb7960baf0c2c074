/**
 * A proposal comes into force: what it requires is active, every old value is still what it was, the values that will hold
 * together keep the invariants; then all its changes at once, or none and a stored reason. spec/governance.md#G6
 */
import type { EndReason, NepRecord } from "../nep/record.ts";
import { formatParamValue } from "../params/formatParamValue.ts";
import { cooldownEnd } from "../params/history.ts";
import { checkInvariants } from "../params/invariants.ts";
import { clockOf } from "../params/params.ts";
import { historyIn, paramsInDraft } from "../params/paramsOfState.ts";
import { entryOf } from "../params/registry.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { Digest } from "../types/identifiers.ts";
import { isSame } from "./checkChanges.ts";
import { expectedValues, paramsWith } from "./expectedValues.ts";
import { enterStage, type Nep, nepOrFail, saveNep } from "./openNeps.ts";
import { knownKey, setParameters } from "./setParameters.ts";
import { isNewer } from "./softwareVersion.ts";
import { unratifiedHolder } from "./unratified.ts";

export function activate(draft: Draft, nep: Nep, height: number): readonly DraftEvent[] {
  const { record, nepId } = nep;
  const reason = obstacle(draft, record, height);
  if (reason !== undefined) {
    const detail = `${reason.code}: ${reason.detail}`;
    return [enterStage(draft, nep, { kind: "ended", as: "failed", at: height, reason }, { height, detail })];
  }
  const cooled = cooledAt(draft, record, height);
  if (cooled > height) return [postpone(draft, nep, cooled)];
  const steps = record.changes.map(({ key, oldValue, newValue }) => ({ key, from: oldValue, to: newValue }));
  const changed = setParameters(draft, steps, nepId, height);
  if (isNewer(record.targetVersion, draft.cell("version"))) draft.setCell("version", record.targetVersion);
  const { ids } = draft.cell("activeNeps");
  draft.setCell("activeNeps", { ids: [...ids, nepId] });
  const isEmergency = record.nepType === "emergency";
  const expiresAt = isEmergency ? height + record.rules.emergencyLifetimeBlocks : null;
  const active = { kind: "active", at: height, expiresAt, rollbackAt: null, isSettled: false } as const;
  return [
    enterStage(draft, nep, active, { height }),
    ...changed,
    ...record.supersedes.flatMap((old) => deprecate(draft, old, { by: nepId, height })),
  ];
}

function obstacle(draft: Draft, record: NepRecord, height: number): EndReason | undefined {
  const missing = record.requires.find((nepId) => draft.get("neps", nepId)?.stage.kind !== "active");
  if (missing !== undefined) return { code: "REQUIREMENT_NOT_ACTIVE", detail: missing };
  const gone = record.supersedes.find((nepId) => draft.get("neps", nepId)?.stage.kind !== "active");
  if (gone !== undefined) return { code: "SUPERSEDED_NOT_ACTIVE", detail: gone };
  const expected = expectedValues(draft, [], height);
  for (const { key, oldValue } of record.changes) {
    const holder = record.nepType === "emergency" ? unratifiedHolder(draft, knownKey(key)) : undefined;
    if (holder !== undefined) return { code: "EMERGENCY_UNRATIFIED", detail: `${key}: ${holder}` };
    const current = expected(knownKey(key));
    if (!isSame(current, oldValue)) {
      const detail = `${key} is ${formatParamValue(current)}, the proposal starts from ${formatParamValue(oldValue)}`;
      return { code: "PARAM_STALE", detail };
    }
  }
  const broken = checkInvariants(paramsWith(expected, record.changes));
  if (broken?.code !== "PARAM_INVARIANT") return undefined;
  return { code: broken.code, detail: `${broken.invariant}: ${broken.detail}` };
}

/** Two proposals on one parameter, the one requiring the other, do not move it faster than any two others could. */
function cooledAt(draft: Draft, { changes }: NepRecord, height: number): number {
  const { dayBlocks } = clockOf(paramsInDraft(draft, height));
  const ends = changes.map(({ key }) => {
    const known = knownKey(key);
    return cooldownEnd(historyIn(draft, known), entryOf(known).cooldownDays * dayBlocks);
  });
  return Math.max(0, ...ends);
}

function postpone(draft: Draft, { nepId, record }: Nep, activateAt: number): DraftEvent {
  const { stage } = record;
  if (stage.kind !== "passed") throw new Error("internal: only a passed proposal activates");
  saveNep(draft, { nepId, record: { ...record, stage: { ...stage, activateAt } } });
  return { kind: "activationPostponed", nepId, activateAt };
}

function deprecate(draft: Draft, nepId: Digest, { by, height }: { by: Digest; height: number }): DraftEvent[] {
  const reason = { code: "SUPERSEDED", detail: by };
  const ended = { kind: "ended", as: "deprecated", at: height, reason } as const;
  removeActive(draft, nepId);
  return [enterStage(draft, nepOrFail(draft, nepId), ended, { height, detail: by })];
}

export function removeActive(draft: Draft, nepId: Digest): void {
  draft.setCell("activeNeps", { ids: draft.cell("activeNeps").ids.filter((id) => id !== nepId) });
}
