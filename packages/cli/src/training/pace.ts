/** How fast a run goes and how long it will take: from the steps done by this process, not from earlier ones. */
export class Pace {
  readonly #nowMs: () => number;
  readonly #startedMs: number;
  readonly #firstStep: number;
  readonly #steps: number;

  /** `firstStep`: steps already done when this process took over; `steps`: where the run ends. */
  constructor({ firstStep, steps }: { firstStep: number; steps: number }, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#startedMs = nowMs();
    this.#firstStep = firstStep;
    this.#steps = steps;
  }

  /** Seconds until the last step, undefined before the first one is done. */
  remainingSeconds(step: number): number | undefined {
    const doneHere = step - this.#firstStep;
    if (doneHere <= 0) return undefined;
    return (((this.#nowMs() - this.#startedMs) / doneHere) * (this.#steps - step)) / 1000;
  }
}
