/**
 * The end of the timelock: enough of the power must be ready where new software is needed. Postponed once, then failed.
 * spec/governance.md#G6
 */
import { formatDecimal } from "../numbers/decimal.ts";
import { totalPowerAt } from "../staking/power.ts";
import type { Draft } from "../state/draft.ts";
import type { DraftEvent } from "../transition/events.ts";
import { enterStage, type Nep, saveNep } from "./openNeps.ts";
import { reaches } from "./reaches.ts";

export function lockIn(draft: Draft, nep: Nep, height: number): readonly DraftEvent[] {
  const { record, nepId } = nep;
  const { stage, rules, ready } = record;
  if (stage.kind !== "passed") throw new Error("internal: only a passed proposal locks in");
  const total = totalPowerAt(draft, record.snapshotAt);
  if (!record.needsNewSoftware || reaches(ready, total, rules.readiness)) {
    return [enterStage(draft, nep, { ...stage, isLockedIn: true }, { height })];
  }
  if (stage.isPostponed) {
    const detail = `${formatDecimal(ready)} of ${formatDecimal(total)} NEURO are ready`;
    const ended = { kind: "ended", as: "failed", at: height, reason: { code: "NOT_READY", detail } } as const;
    return [enterStage(draft, nep, ended, { height, detail: `NOT_READY: ${detail}` })];
  }
  const more = rules.readinessExtensionBlocks;
  const activateAt = stage.activateAt + more;
  const postponed = { ...stage, lockInAt: height + more, activateAt, isPostponed: true };
  saveNep(draft, { nepId, record: { ...record, stage: postponed } });
  return [{ kind: "activationPostponed", nepId, activateAt }];
}
