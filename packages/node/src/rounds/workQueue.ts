/**
 * One worker, several who need it: one job at a time, the most urgent first. A long job gives way between segments when
 * something more urgent waits, and is begun again afterwards; it goes on where it was.
 */
import type { RoundWorker } from "@neuroshard/training";

/** From the most urgent on. `late-audit`: its time is nearly over. `rebuild`: states that somebody else asked for. */
const RANKS = ["round", "late-audit", "train", "audit", "rebuild"] as const;
export type Rank = (typeof RANKS)[number];

export interface Turn {
  readonly worker: RoundWorker;
  /** Aborted also when the job is to give way. */
  readonly signal: AbortSignal;
  /** Called where the job can be interrupted cheaply. */
  giveWay(): void;
}

interface Waiting {
  /** Asked anew each time: urgency grows. */
  readonly rank: () => Rank;
  readonly begin: () => void;
}

class GivenWay extends Error {}

export class WorkQueue {
  readonly #worker: RoundWorker;
  #waiting: Waiting[] = [];
  #isBusy = false;

  constructor(worker: RoundWorker) {
    this.#worker = worker;
  }

  /** Rejects with the signal's reason when it is aborted. `work` may be called several times. */
  async run<T>(rank: () => Rank, work: (turn: Turn) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      await this.#turn(rank, signal);
      try {
        signal.throwIfAborted();
        return await this.#attempt(rank, work, signal);
      } catch (error) {
        if (!(error instanceof GivenWay)) throw error;
      } finally {
        this.#isBusy = false;
        this.#next();
      }
    }
  }

  async #attempt<T>(rank: () => Rank, work: (turn: Turn) => Promise<T>, signal: AbortSignal): Promise<T> {
    const controller = new AbortController();
    const stop = (): void => controller.abort(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    const giveWay = (): void => {
      const isWanted = this.#waiting.some((other) => RANKS.indexOf(other.rank()) < RANKS.indexOf(rank()));
      if (isWanted) controller.abort(new GivenWay());
    };
    try {
      const result = await work({ worker: this.#worker, signal: controller.signal, giveWay });
      return result;
    } catch (error) {
      // Whatever the worker makes of an abort.
      throw controller.signal.aborted ? controller.signal.reason : error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  /** Resolves when it is one's turn, or when nobody wants it any more. */
  async #turn(rank: () => Rank, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting: Waiting = { rank, begin: resolve };
    const leave = (): void => {
      const others = this.#waiting.filter((each) => each !== waiting);
      if (others.length === this.#waiting.length) return;
      this.#waiting = others;
      reject(signal.reason);
    };
    const { promise: left, reject } = Promise.withResolvers<never>();
    this.#waiting.push(waiting);
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    this.#next();
    try {
      await Promise.race([promise, left]);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  #next(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    const ranks = this.#waiting.map(({ rank }) => RANKS.indexOf(rank()));
    const [chosen] = this.#waiting.splice(ranks.indexOf(Math.min(...ranks)), 1);
    this.#isBusy = true;
    chosen?.begin();
  }
}
