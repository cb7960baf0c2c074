/**
 * What is due to the newest round at the end of a block: a phase that is complete or out of time ends, and where no round
 * runs, the next one opens. At most two steps a block: the end of one round and the opening of the next. Spec: spec/rounds.md#R2.
 */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { closeExchange } from "./closeExchange.ts";
import { closeTraining } from "./closeTraining.ts";
import { finishRound } from "./finishRound.ts";
import { openRound } from "./openRound.ts";
import { currentRound } from "./roundOf.ts";
import type { RoundPhase, RoundRecord } from "./roundRecord.ts";

type Step = (draft: Draft, round: RoundRecord, context: BlockContext) => readonly DraftEvent[];

const STEPS: { readonly [P in RoundPhase]: Step | undefined } = {
  train: closeTraining,
  exchange: closeExchange,
  outer: finishRound,
  done: undefined,
  failed: undefined,
};

export function advanceRounds(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  if (draft.cell("recipe") === null) return [];
  const round = currentRound(draft);
  const events = round === undefined ? [] : (STEPS[round.phase]?.(draft, round, context) ?? []);
  const phase = currentRound(draft)?.phase;
  const isRunning = phase !== undefined && STEPS[phase] !== undefined;
  return isRunning ? events : [...events, ...openRound(draft, context)];
}
