/** What happens on the chain, told as events: phases of the newest round, and audits that end. */
import { type RoundPhase, type RoundRecord, roundKey, type State, slotKey } from "@neuroshard/protocol";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";

interface OpenAudit {
  readonly round: number;
  readonly slot: number;
}

export function tellChanges({ device, onEvent }: DutyContext): Duty {
  let told: { readonly number: number; readonly phase: RoundPhase } | undefined;
  let open: readonly OpenAudit[] = [];
  function tellPhase(round: RoundRecord | undefined): void {
    if (round === undefined || (told?.number === round.number && told.phase === round.phase)) return;
    const { number, phase, deadline } = round;
    told = { number, phase };
    onEvent({ kind: "phase", round: number, phase, deadline });
  }
  return {
    look({ state, round }: Moment): void {
      // It may have ended in the block in which the next one began.
      if (told !== undefined) tellPhase(state.tables.rounds.get(roundKey(told.number)));
      tellPhase(round);
      for (const { round: number, slot } of open) {
        const outcome = state.tables.audits.get(slotKey(number, slot))?.outcome ?? null;
        if (outcome === null) continue;
        const isOwn = state.tables.rounds.get(roundKey(number))?.slots[slot]?.device === device;
        onEvent({ kind: "settled", round: number, slot, outcome, isOwn });
      }
      open = openAudits(state);
    },
  };
}

function openAudits({ cells, tables }: State): readonly OpenAudit[] {
  return cells.training.open.flatMap((round) => {
    return (tables.rounds.get(roundKey(round))?.openAudits ?? []).map((slot) => ({ round, slot }));
  });
}
