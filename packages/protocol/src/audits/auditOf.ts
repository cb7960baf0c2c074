/** An audit in the state, with the work that it is about. */
import type { Params } from "../params/params.ts";
import { paramsInDraft } from "../params/paramsOfState.ts";
import { roundKey, setRound, slotKey } from "../rounds/roundOf.ts";
import type { RoundRecord, RoundSlot } from "../rounds/roundRecord.ts";
import type { Draft } from "../state/draft.ts";
import type { WorkCommit } from "../work/workCommit.ts";
import type { AuditRecord } from "./auditRecord.ts";

export interface AuditedWork {
  readonly round: RoundRecord;
  readonly slot: RoundSlot;
  readonly commit: WorkCommit;
  /** The parameters in force when the round opened: those by which the work was done. */
  readonly rules: Params;
}

export function workOf(draft: Draft, audit: Pick<AuditRecord, "round" | "slot">): AuditedWork {
  const round = draft.get("rounds", roundKey(audit.round));
  const slot = round?.slots[audit.slot];
  const record = draft.get("commits", slotKey(audit.round, audit.slot));
  if (round === undefined || slot === undefined || record === undefined) {
    throw new Error(`internal: an audit of slot ${audit.slot} of round ${audit.round}, which has no work`);
  }
  return { round, slot, commit: record.commit, rules: paramsInDraft(draft, round.openedAt) };
}

export function setAudit(draft: Draft, audit: AuditRecord): void {
  draft.set("audits", slotKey(audit.round, audit.slot), audit);
}

/** No longer open: nobody owes anything to it. */
export function closeAudit(draft: Draft, { round: number, slot }: AuditRecord): void {
  const round = draft.get("rounds", roundKey(number));
  if (round === undefined) throw new Error(`internal: an audit of round ${number}, which is gone`);
  setRound(draft, { ...round, openAudits: round.openAudits.filter((each) => each !== slot) });
}
