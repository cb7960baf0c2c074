/** The worker of a simulated machine: the exact arithmetic of real ones on a small model, in virtual time. */
import type { Clock } from "@neuroshard/network";
import {
  type BlobStore,
  type InnerLoop,
  RoundEngine,
  type RoundWorker,
  type SegmentState,
  type SlotStart,
  type TrainProgress,
} from "@neuroshard/training";

export interface SimWorkerOptions {
  readonly loop: InnerLoop;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** Of the initial weights. */
  readonly seed: number;
  /** Virtual milliseconds of one inner step. */
  readonly stepMs: number;
}

export function createSimWorker({ loop, blobs, clock, seed, stepMs }: SimWorkerOptions): RoundWorker {
  const engine = new RoundEngine({ loop, blobs, seed, nowMs: () => clock.nowMs() });
  const evaluationSteps = 2;

  async function spend(steps: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(steps * stepMs, resolve);
    signal?.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    cancel();
    signal?.throwIfAborted();
  }

  return {
    initialModel: async () => engine.initialModel(),
    async train(start, { signal, resumeFrom = [], onSegment }) {
      const made: (readonly [SegmentState, TrainProgress])[] = [];
      const trained = engine.train(start, {
        throwIfAborted: () => undefined,
        resumeFrom,
        onSegment: (state, progress) => made.push([state, progress]),
      });
      let done = resumeFrom.length * start.rules.segmentSteps;
      for (const [state, progress] of made) {
        await spend(progress.stepsDone - done, signal);
        done = progress.stepsDone;
        onSegment?.(state, progress);
        signal.throwIfAborted();
      }
      return { ...trained, innerMs: stepsLeft(start, resumeFrom) * stepMs, otherMs: 0 };
    },
    async replay(request, signal) {
      const { start, segment } = request;
      const { segmentSteps } = start.rules;
      await spend(Math.max(1, Math.min(segmentSteps, start.steps - segment * segmentSteps)), signal);
      return engine.replay(request, () => undefined);
    },
    check: async (delta, rules) => engine.check(delta, rules),
    outerStep: async (request) => engine.outerStep(request),
    async evaluate(weights) {
      await spend(evaluationSteps);
      return engine.evaluate(weights);
    },
    close: async () => undefined,
  };
}

function stepsLeft({ steps, rules }: SlotStart, done: readonly SegmentState[]): number {
  return steps - done.length * rules.segmentSteps;
}
