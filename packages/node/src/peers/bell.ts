/** Somebody waits for news, at most for a while; whoever has some rings. A ring before the wait is not lost. */

export class Bell {
  #isRung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#isRung = true;
    this.#wake?.();
  }

  async wait(mostMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, mostMs);
      const stop = (): void => resolve();
      signal.addEventListener("abort", stop);
      await promise;
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      this.#wake = undefined;
    }
    this.#isRung = false;
  }
}
