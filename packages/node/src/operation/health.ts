/** Whether a node does what it is there for: its chain grows. */

export interface Health {
  readonly height: number;
  /** Null before this process has seen one. */
  readonly secondsSinceBlock: number | null;
  /** What is wrong; undefined while all is well. */
  readonly problem: string | undefined;
}

/** So many blocks may be missing before something is wrong, and so much time may pass whatever the clock of the network is. */
const PATIENCE_BLOCKS = 12;
const LEAST_PATIENCE_MS = 30_000;

export class HealthWatch {
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  #blockMs: number | undefined;

  /** @param nowMs Never goes back. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
  }

  noteBlock(): void {
    this.#blockMs = this.#nowMs();
  }

  check(height: number, blockSeconds: number): Health {
    const nowMs = this.#nowMs();
    const silentMs = nowMs - (this.#blockMs ?? this.#startedMs);
    const isStale = silentMs > Math.max(LEAST_PATIENCE_MS, PATIENCE_BLOCKS * blockSeconds * 1000);
    return {
      height,
      secondsSinceBlock: this.#blockMs === undefined ? null : Math.floor((nowMs - this.#blockMs) / 1000),
      problem: isStale ? `no block has come for ${Math.floor(silentMs / 1000)} s` : undefined,
    };
  }
}
