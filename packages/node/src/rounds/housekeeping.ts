/**
 * Duty: blobs that somebody may still need are pinned, those of settled rounds are not; the store drops what it has no room
 * for. Notes of settled rounds go too.
 */
import { type Digest, roundKey, type State, slotKey } from "@neuroshard/protocol";
import type { Duty, DutyContext } from "./duty.ts";
import { isAuditable, type Moment, openRounds, ownSlot } from "./moment.ts";

export function housekeeping(context: DutyContext): Duty {
  const { keeper, notes, jobs } = context;
  return {
    look({ state }: Moment): void {
      keeper.keep("rounds", neededBlobs(context, state));
      const open = new Set(openRounds(state).map(({ number }) => number));
      const isOld = (round: number): boolean => !open.has(round) && round < state.cells.training.round;
      if (!notes.rounds.some(isOld)) return;
      jobs.ensure("notes of settled rounds", () => notes.retain((round) => !isOld(round)));
    },
  };
}

function neededBlobs(context: DutyContext, state: State): ReadonlySet<Digest> {
  const { training } = state.cells;
  const standing = state.tables.standings.get(context.device);
  const needed = new Set<Digest>([training.model.weights, training.model.momentum]);
  for (const digest of [standing?.optimizer, standing?.residual]) if (digest) needed.add(digest);
  for (const round of openRounds(state)) {
    if (!isAuditable(round) && round.number !== training.modelRound) continue;
    needed.add(round.baseModel.weights);
    if (round.number >= training.modelRound) needed.add(round.baseModel.momentum);
    for (const digest of deltasOf(state, round.number)) needed.add(digest);
    for (const digest of ownBlobs(context, state, round.number)) needed.add(digest);
  }
  return needed;
}

function deltasOf({ tables }: State, number: number): readonly Digest[] {
  const slots = tables.rounds.get(roundKey(number))?.slots ?? [];
  return slots.flatMap((_, slot) => tables.commits.get(slotKey(number, slot))?.commit.delta ?? []);
}

/** Where the own work began and ended, and what an auditor of it asks for. */
function ownBlobs({ notes, device }: DutyContext, { tables }: State, number: number): readonly Digest[] {
  const round = tables.rounds.get(roundKey(number));
  const slot = round && ownSlot(round, device);
  const entry = notes.slot(number);
  if (slot === undefined || entry === undefined) return [];
  const { startOptimizer, startResidual, states, commit } = entry;
  const audited = tables.audits.get(slotKey(number, slot.index));
  const asked = audited === undefined ? undefined : states[audited.segment - 1];
  const kept = [states.at(-1), asked].flatMap((state) => (state ? [state.weights, state.optimizer] : []));
  const others = [startOptimizer, startResidual, commit?.endResidual, commit?.delta];
  return [...kept, ...others.flatMap((digest) => digest ?? [])];
}
