/** What happens on the chain, told as events: phases of the newest round, and audits that end. */
import { type RoundPhase, roundKey, type State, slotKey } from "@neuroshard/protocol";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";

interface OpenAudit {
  readonly round: number;
  readonly slot: number;
}

export function tellChanges({ device, onEvent }: DutyContext): Duty {
  let told: { readonly round: number; readonly phase: RoundPhase } | undefined;
  let open: readonly OpenAudit[] = [];
  return {
    look({ state, round }: Moment): void {
      if (round !== undefined && (told?.round !== round.number || told.phase !== round.phase)) {
        const { number, phase, deadline } = round;
        told = { round: number, phase };
        onEvent({ kind: "phase", round: number, phase, deadline });
      }
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
