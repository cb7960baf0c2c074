/** Two thirds of the power attest one model: it is final. Without that in time the round has failed. Spec: spec/rounds.md#R7. */
import { isQuorum, totalOf } from "../staking/validatingPower.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { dropAttestations } from "./attestations.ts";
import { failRound } from "./failRound.ts";
import { setRound, slotKey } from "./roundOf.ts";
import { NEW_STANDING, type RoundRecord } from "./roundRecord.ts";
import { strongest } from "./strongest.ts";

export function finishRound(draft: Draft, round: RoundRecord, context: BlockContext): readonly DraftEvent[] {
  const { height } = context;
  const total = totalOf(round.validators);
  const final = round.candidates.find(({ power }) => isQuorum(power, total));
  if (final === undefined) {
    return height < round.deadline ? [] : failRound(draft, round, "no-agreement", context);
  }
  const { model, validationLoss } = final;
  const candidates = strongest(round);
  setRound(draft, { ...round, phase: "done", endedAt: height, model, validationLoss, candidates, accounting: "draw" });
  dropAttestations(draft, round);
  const included = round.slots.filter(({ inclusion }) => inclusion === "included");
  const training = draft.cell("training");
  draft.setCell("training", {
    round: training.round,
    model,
    modelRound: round.number,
    steps: round.stepsBefore + Math.max(...included.map(({ steps }) => steps)),
    validationLoss: validationLoss ?? training.validationLoss,
    open: [...training.open, round.number],
  });
  for (const [slot, { inclusion }] of round.slots.entries()) {
    if (inclusion === "included") carryOn(draft, round, slot);
  }
  return [{ kind: "roundDone", round: round.number, model, validationLoss, included: included.length }];
}

/** The trainer's next commit begins where this one ended. */
function carryOn(draft: Draft, round: RoundRecord, slot: number): void {
  const { device } = round.slots[slot]!;
  const record = draft.get("commits", slotKey(round.number, slot));
  if (record === undefined) throw new Error(`internal: slot ${slot} of round ${round.number} has no commit`);
  const { endOptimizer: optimizer, endResidual: residual } = record.commit;
  const before = draft.get("standings", device) ?? NEW_STANDING;
  draft.set("standings", device, { ...before, optimizer, residual, lastRound: round.number });
}
