/**
 * How a command is stopped from outside. By default a signal ends the process at once, as it would without us. Work that
 * has something to finish asks for grace: then the first signal aborts it, and only the second ends the process.
 */
import { constants } from "node:os";

/** What runs nodes has this long to end. */
export const MOST_STOP_MS = 10_000;

const SIGNAL_EXIT_BASE = 128;
/** The number of SIGPIPE; Windows has no such signal, but its exit code is the same everywhere. */
const SIGPIPE_NUMBER = 13;

export interface StopReason {
  readonly exitCode: number;
  /** One line for stderr; absent when the user already knows. */
  readonly message?: string;
}

/** Thrown by a command that was stopped before its work was done. */
export class Interrupted extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super("the command was stopped");
    this.name = "Interrupted";
    this.reason = reason;
  }
}

export class Interruption {
  readonly #controller = new AbortController();
  readonly #endAtOnce: (reason: StopReason) => void;
  #isGraceful = false;
  #graceMs: number | undefined;
  #patience: NodeJS.Timeout | undefined;
  #reason: StopReason | undefined;

  constructor(endAtOnce: (reason: StopReason) => void) {
    this.#endAtOnce = endAtOnce;
  }

  /**
   * Runs `work` so that the first signal only aborts what it is given; the abort reason is an `Interrupted`. Work that has
   * not ended `mostMs` after that is ended with the process.
   */
  async graceful<Result>(work: (signal: AbortSignal) => Promise<Result>, mostMs?: number): Promise<Result> {
    this.#isGraceful = true;
    this.#graceMs = mostMs;
    try {
      return await work(this.#controller.signal);
    } finally {
      this.#isGraceful = false;
      clearTimeout(this.#patience);
    }
  }

  /** What stopped the command, undefined while nothing has. */
  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** The error for a command that saw its signal aborted. */
  interrupted(): Interrupted {
    return new Interrupted(this.#reason ?? { exitCode: 1 });
  }

  handleSignal(name: "SIGINT" | "SIGTERM" | "SIGHUP"): void {
    const reason = { exitCode: SIGNAL_EXIT_BASE + (constants.signals[name] ?? 0) };
    if (this.#reason === undefined) this.#stop(reason);
    else this.#endAtOnce(reason);
  }

  /**
   * Nobody reads stdout any more, or it cannot be written. A broken pipe is the reader's choice (`| head -1`), so it is
   * quiet. Never counts as the second signal: Ctrl-C ends the reader too, while we still save.
   */
  handleOutputFailure(error: NodeJS.ErrnoException): void {
    if (this.#reason !== undefined) return;
    if (error.code === "EPIPE") this.#stop({ exitCode: SIGNAL_EXIT_BASE + SIGPIPE_NUMBER });
    else this.#stop({ exitCode: 1, message: `cannot write the output (${error.message}); free space or redirect it` });
  }

  #stop(reason: StopReason): void {
    this.#reason = reason;
    if (!this.#isGraceful) {
      this.#endAtOnce(reason);
      return;
    }
    const graceMs = this.#graceMs;
    if (graceMs !== undefined) this.#patience = setTimeout(() => this.#endAtOnce(outOfPatience(graceMs)), graceMs);
    this.#controller.abort(this.interrupted());
  }
}

function outOfPatience(graceMs: number): StopReason {
  const message = `the command did not end within ${graceMs / 1000} s and was cut off; what was written to the disk is kept`;
  return { exitCode: 1, message };
}
