/**
 * What is due to audits at the end of a block: new ones are drawn, and each open one takes its next step when its stage is
 * complete or out of time. Bounded by the slots of the rounds in their audit window. Spec: spec/audits.md#A4.
 */
import { roundKey, slotKey } from "../rounds/roundOf.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { AuditRecord, AuditStage } from "./auditRecord.ts";
import { drawAudits } from "./drawAudits.ts";
import { endCommitteeReveal } from "./endCommitteeReveal.ts";
import { endCommitteeSeal } from "./endCommitteeSeal.ts";
import { endReveal } from "./endReveal.ts";
import { endSeal } from "./endSeal.ts";

type Step = (draft: Draft, audit: AuditRecord, context: BlockContext) => readonly DraftEvent[];

const STEPS: { readonly [S in AuditStage]: Step | undefined } = {
  seal: endSeal,
  reveal: endReveal,
  "committee-seal": endCommitteeSeal,
  "committee-reveal": endCommitteeReveal,
  settled: undefined,
};

export function advanceAudits(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  const { open } = draft.cell("training");
  const due = open.flatMap((number) => {
    const slots = draft.get("rounds", roundKey(number))?.openAudits ?? [];
    return slots.flatMap((slot) => {
      const audit = draft.get("audits", slotKey(number, slot));
      return audit === undefined ? [] : (STEPS[audit.stage]?.(draft, audit, context) ?? []);
    });
  });
  return [...due, ...drawAudits(draft, context)];
}
