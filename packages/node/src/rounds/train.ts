/**
 * Duty: the own slot of a round is trained and committed to. What is done is noted after each segment, and the commit
 * before anybody sees it: after a restart the slot goes on where it was, and the same commit is sent again.
 */
import { type RoundRecord, type State, segmentDigest, type WorkCommit, workCommitId } from "@neuroshard/protocol";
import type { SegmentState, TrainedSlot, TrainProgress } from "@neuroshard/training";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment, OwnSlot } from "./moment.ts";
import type { SlotEntry } from "./roundJournal.ts";
import { recipeOf, rulesOf, slotStartOf } from "./slotStart.ts";
import type { Turn } from "./workQueue.ts";

interface Work {
  readonly state: State;
  readonly round: RoundRecord;
  readonly slot: OwnSlot;
}

export function train(context: DutyContext): Duty {
  return {
    look({ state, round, slot }: Moment): void {
      if (round?.phase !== "train" || slot === undefined || slot.record.commit !== null) return;
      const commit = entryOf(context, round, slot)?.commit ?? null;
      if (commit !== null) context.chain.submit({ kind: "commitWork", commit });
      else jobOf(context, { state, round, slot });
    },
  };
}

function jobOf(context: DutyContext, work: Work): void {
  context.jobs.ensure(`training for round ${work.round.number}`, async (signal) => {
    await context.models.ensureNewest(work.state, signal);
    const { number } = work.round;
    const slotWork = new SlotWork(context, work);
    const trained = await context.queue.run(
      () => "train",
      (turn) => slotWork.run(turn),
      signal,
    );
    context.times.add(number, "inner", trained.innerMs);
    const commit = await slotWork.note(trained);
    context.onEvent({ kind: "committed", round: number, slot: commit.slot, commit: workCommitId(commit) });
  });
}

/** An entry of another chain, or of another slot, is none. */
function entryOf({ notes }: DutyContext, { number, seed }: RoundRecord, { index }: OwnSlot): SlotEntry | undefined {
  const entry = notes.slot(number);
  return entry?.seed === seed && entry.slot === index ? entry : undefined;
}

class SlotWork {
  readonly #context: DutyContext;
  readonly #work: Work;
  #entry: SlotEntry;
  #saving: Promise<void> = Promise.resolve();

  constructor(context: DutyContext, work: Work) {
    this.#context = context;
    this.#work = work;
    this.#entry = this.#usable(entryOf(context, work.round, work.slot)) ?? this.#newEntry();
  }

  /** Goes on where it was interrupted. */
  async run({ worker, signal, giveWay }: Turn): Promise<TrainedSlot> {
    const { state, round, slot } = this.#work;
    const { clock } = this.#context;
    const resumeFrom = this.#entry.states;
    const begun = { ms: clock.nowMs(), segments: resumeFrom.length };
    return await worker.train(slotStartOf(state, round, slot.index, this.#entry), {
      signal,
      resumeFrom,
      onSegment: (segment, progress) => {
        this.#keep(segment, progress);
        this.#tell(progress, begun);
        // What is left after the last one is little.
        if (progress.stepsDone < slot.record.steps) giveWay();
      },
    });
  }

  async note(trained: TrainedSlot): Promise<WorkCommit> {
    const end = trained.states.at(-1);
    if (end === undefined) throw new Error("internal: a trained slot without a segment");
    this.#context.keeper.keep("slot", [end.weights, end.optimizer, trained.delta, trained.endResidual]);
    await this.#saving;
    const { round, slot } = this.#work;
    const { startOptimizer, startResidual } = this.#entry;
    const commit: WorkCommit = {
      ...{ round: round.number, slot: slot.index, baseModel: round.baseModel, startOptimizer, startResidual },
      segments: trained.states.map(({ weights, optimizer }) => segmentDigest(weights, optimizer)),
      ...{ endWeights: end.weights, endOptimizer: end.optimizer, endResidual: trained.endResidual },
      ...{ delta: trained.delta, deltaBytes: trained.deltaBytes },
      ...{ steps: slot.record.steps, samples: trained.samples },
      ...{ firstLoss: trained.firstLoss, lastLoss: trained.lastLoss },
    };
    await this.#context.notes.setSlot({ ...this.#entry, states: trained.states, commit });
    return commit;
  }

  /** Blobs that are lost since take the work back to the last state that is still here. */
  #usable(entry: SlotEntry | undefined): SlotEntry | undefined {
    const { blobs } = this.#context;
    const starts = [entry?.startOptimizer, entry?.startResidual].filter((digest) => typeof digest === "string");
    if (entry === undefined || starts.some((digest) => !blobs.has(digest))) return undefined;
    const last = entry.states.findLastIndex(({ weights, optimizer }) => blobs.has(weights) && blobs.has(optimizer));
    return { ...entry, states: entry.states.slice(0, last + 1) };
  }

  /** The own state after the last accepted work; without it, training begins with zeros. */
  #newEntry(): SlotEntry {
    const { round, slot, state } = this.#work;
    const { blobs, device } = this.#context;
    const standing = state.tables.standings.get(device);
    const ifHere = <T extends Parameters<typeof blobs.has>[0]>(digest: T | null | undefined): T | null =>
      digest !== null && digest !== undefined && blobs.has(digest) ? digest : null;
    return {
      ...{ round: round.number, slot: slot.index, seed: round.seed },
      startOptimizer: ifHere(standing?.optimizer),
      startResidual: ifHere(standing?.residual),
      ...{ states: [], commit: null },
    };
  }

  /** The last segment may be trained again, for its loss: it ends as it did. */
  #keep(segment: SegmentState, { stepsDone }: TrainProgress): void {
    const { state, round } = this.#work;
    const index = Math.ceil(stepsDone / rulesOf(state, round).segmentSteps) - 1;
    const entry = { ...this.#entry, states: [...this.#entry.states.slice(0, index), segment] };
    this.#context.keeper.keep("slot", [segment.weights, segment.optimizer]);
    this.#entry = entry;
    this.#saving = this.#saving
      .then(() => this.#context.notes.setSlot(entry))
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.#context.onEvent({ kind: "trouble", message: `the progress of the slot cannot be kept: ${message}` });
      });
  }

  #tell({ stepsDone, loss }: TrainProgress, begun: { readonly ms: number; readonly segments: number }): void {
    const { state, round, slot } = this.#work;
    const { batch, context: tokens } = recipeOf(state);
    const { segmentSteps } = rulesOf(state, round);
    const seconds = Math.max(1, this.#context.clock.nowMs() - begun.ms) / 1000;
    const steps = stepsDone - begun.segments * segmentSteps;
    const place = { round: round.number, slot: slot.index, of: slot.record.steps };
    const tokensPerSecond = (steps * batch * tokens) / seconds;
    this.#context.onEvent({ kind: "progress", ...place, steps: stepsDone, loss, tokensPerSecond });
  }
}
