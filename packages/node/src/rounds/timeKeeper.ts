/** How long this machine worked on each round, by what it did. */
import type { Clock } from "@neuroshard/network";
import type { RoundTimes } from "./roundEvent.ts";

const KEPT_ROUNDS = 8;
const NOTHING: RoundTimes = { inner: 0, network: 0, outer: 0, audit: 0 };

export class TimeKeeper {
  readonly #clock: Clock;
  readonly #rounds = new Map<number, RoundTimes>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(round: number): RoundTimes {
    return this.#rounds.get(round) ?? NOTHING;
  }

  add(round: number, what: keyof RoundTimes, ms: number): void {
    const before = this.of(round);
    this.#rounds.set(round, { ...before, [what]: before[what] + ms });
    for (const old of this.#rounds.keys()) if (old <= round - KEPT_ROUNDS) this.#rounds.delete(old);
  }

  /** Also of what fails: the time is gone. */
  async measure<T>(round: number, what: keyof RoundTimes, work: () => Promise<T>): Promise<T> {
    const startedMs = this.#clock.nowMs();
    try {
      return await work();
    } finally {
      this.add(round, what, this.#clock.nowMs() - startedMs);
    }
  }
}
