/** Training ends when every slot has committed or its device is gone, or when the time is over. Spec: spec/rounds.md#R5. */
import { isLive } from "../liveness/epoch.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { failRound } from "./failRound.ts";
import { setRound } from "./roundOf.ts";
import type { RoundRecord } from "./roundRecord.ts";

export function closeTraining(draft: Draft, round: RoundRecord, context: BlockContext): readonly DraftEvent[] {
  const { height, params } = context;
  const isComplete = round.slots.every(({ commit, device }) => commit !== null || !isLive(draft, device, context));
  if (!isComplete && height < round.deadline) return [];
  if (round.slots.every(({ commit }) => commit === null)) return failRound(draft, round, "nothing-committed", context);
  const deadline = height + params.get("training.diloco.EXCHANGE_TIMEOUT");
  setRound(draft, { ...round, phase: "exchange", deadline, closedAt: height });
  return [{ kind: "roundPhase", round: round.number, phase: "exchange", deadline }];
}
