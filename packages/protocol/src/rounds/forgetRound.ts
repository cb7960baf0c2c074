/** Rounds of long ago leave the state; the blocks still have all that was said in them. Spec: spec/rounds.md#R9. */
import type { Draft } from "../state/draft.ts";
import { roundKey, slotKey } from "./roundOf.ts";

/** Beyond any audit window of the presets; what somebody replays later, he replays from the blocks. */
const KEPT_ROUNDS = 512;

/** When round `newest` opens, one old round is dropped, unless its pay is still due. */
export function forgetRound(draft: Draft, newest: number): void {
  const number = newest - KEPT_ROUNDS;
  const round = number > 0 ? draft.get("rounds", roundKey(number)) : undefined;
  if (round === undefined || draft.cell("training").open.includes(number)) return;
  for (const slot of round.slots.keys()) {
    draft.remove("commits", slotKey(number, slot));
    draft.remove("audits", slotKey(number, slot));
  }
  draft.remove("rounds", roundKey(number));
}
