/**
 * The set of contributions is fixed: those that two thirds of the power hold, once that is all of them or the time is over.
 * Whoever withholds hurts only himself. Spec: spec/rounds.md#R6.
 */
import { isQuorum, totalOf } from "../staking/validatingPower.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { failRound } from "./failRound.ts";
import { setRound } from "./roundOf.ts";
import type { RoundRecord, RoundSlot } from "./roundRecord.ts";

export function closeExchange(draft: Draft, round: RoundRecord, context: BlockContext): readonly DraftEvent[] {
  const { height, params } = context;
  const total = totalOf(round.validators);
  const isHeld = ({ commit, attested }: RoundSlot): boolean => commit !== null && isQuorum(attested, total);
  const isComplete = round.slots.every((slot) => slot.commit === null || isHeld(slot));
  if (!isComplete && height < round.deadline) return [];
  if (!round.slots.some(isHeld)) return failRound(draft, round, "nothing-available", context);
  const slots = round.slots.map((slot): RoundSlot => ({ ...slot, inclusion: isHeld(slot) ? "included" : "left-out" }));
  const deadline = height + params.get("training.diloco.OUTER_TIMEOUT");
  setRound(draft, { ...round, slots, phase: "outer", deadline });
  return [{ kind: "roundPhase", round: round.number, phase: "outer", deadline }];
}
