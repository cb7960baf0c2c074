/** Rounds, commits and audits by their keys in the state. */
import type { Draft } from "../state/draft.ts";
import type { RoundRecord } from "./roundRecord.ts";

export function roundKey(round: number): string {
  return String(round);
}

export function slotKey(round: number, slot: number): string {
  return `${round}/${slot}`;
}

/** The newest round; undefined before the first. */
export function currentRound(draft: Draft): RoundRecord | undefined {
  return draft.get("rounds", roundKey(draft.cell("training").round));
}

export function setRound(draft: Draft, round: RoundRecord): void {
  draft.set("rounds", roundKey(round.number), round);
}
