/** The window of a round is over: what is still open is settled as lapsed, and paid. Spec: spec/audits.md#A7. */
import { slotKey } from "../rounds/roundOf.ts";
import type { RoundRecord } from "../rounds/roundRecord.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { settleAudit } from "./settleAudit.ts";

export function lapseAudits(draft: Draft, { number, openAudits }: RoundRecord, context: BlockContext): DraftEvent[] {
  return openAudits.flatMap((slot) => {
    const audit = draft.get("audits", slotKey(number, slot));
    if (audit === undefined) throw new Error(`internal: audit ${number}/${slot} is open and not there`);
    return settleAudit(draft, audit, { outcome: "lapsed", truth: null }, context);
  });
}
