/**
 * Work that goes on between blocks: each piece under a name, once. What fails is tried again after a pause, which grows,
 * until it is done or nobody wants it any more.
 */
import { type Clock, NetworkError } from "@neuroshard/network";
import { pause } from "./pause.ts";

export type Run = (signal: AbortSignal) => Promise<void>;

const FIRST_PAUSE_MS = 250;
const MOST_PAUSE_MS = 10_000;
/** Peers come and go: that something is not to be had is told when it lasts. */
const FAILURES_BEFORE_TROUBLE = 4;

export interface JobsOptions {
  readonly clock: Clock;
  readonly onTrouble: (message: string) => void;
  /** After each job that is done. */
  readonly onDone: () => void;
}

interface Job {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  isDone: boolean;
}

export class Jobs {
  readonly #clock: Clock;
  readonly #onTrouble: (message: string) => void;
  readonly #onDone: () => void;
  readonly #jobs = new Map<string, Job>();
  #wanted = new Set<string>();

  constructor({ clock, onTrouble, onDone }: JobsOptions) {
    this.#clock = clock;
    this.#onTrouble = onTrouble;
    this.#onDone = onDone;
  }

  /** Begins it, unless it is running or done already. */
  ensure(name: string, run: Run): void {
    this.#wanted.add(name);
    if (this.#jobs.has(name)) return;
    const controller = new AbortController();
    const ended = this.#work(name, run, controller.signal).then((isDone) => {
      job.isDone = isDone;
      if (isDone) this.#onDone();
    });
    const job: Job = { controller, ended, isDone: false };
    this.#jobs.set(name, job);
  }

  isDone(name: string): boolean {
    return this.#jobs.get(name)?.isDone ?? false;
  }

  /** Ends and forgets what nobody has asked for since the last sweep. */
  sweep(): void {
    for (const [name, { controller }] of this.#jobs) {
      if (this.#wanted.has(name)) continue;
      controller.abort(new Error("nobody needs it any more"));
      this.#jobs.delete(name);
    }
    this.#wanted = new Set();
  }

  async stop(): Promise<void> {
    const ending = [...this.#jobs.values()].map(({ ended }) => ended);
    this.#wanted = new Set();
    this.sweep();
    await Promise.all(ending);
  }

  async #work(name: string, run: Run, signal: AbortSignal): Promise<boolean> {
    // Not within the call that asks for it: a job may ask for others.
    await Promise.resolve();
    for (let failures = 1, pauseMs = FIRST_PAUSE_MS; !signal.aborted; failures++) {
      try {
        await run(signal);
        return true;
      } catch (error) {
        if (signal.aborted) break;
        const isOfPeers = error instanceof NetworkError;
        if (failures === (isOfPeers ? FAILURES_BEFORE_TROUBLE : 1)) this.#onTrouble(`${name}: ${describe(error)}`);
      }
      await pause(this.#clock, pauseMs, signal);
      pauseMs = Math.min(MOST_PAUSE_MS, 2 * pauseMs);
    }
    return false;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
