/**
 * What the streams of a node may carry in one turn of the event loop. Whoever has used it up waits for the next turn, in
 * order: between two turns everything else has its chance, so that a small question never waits for megabytes.
 */

interface Waiting {
  readonly bytes: number;
  readonly go: () => void;
}

export class TurnShare {
  readonly #bytesPerTurn: number;
  readonly #waiting: Waiting[] = [];
  #leftBytes: number;
  #isRenewing = false;

  constructor(bytesPerTurn: number) {
    this.#bytesPerTurn = bytesPerTurn;
    this.#leftBytes = bytesPerTurn;
  }

  /** For what has been done already. False where nothing more should be done in this turn. */
  spend(bytes: number): boolean {
    this.#leftBytes -= bytes;
    this.#renewLater();
    return this.#leftBytes > 0;
  }

  /** Calls `go` in a later turn that has something left for it; at most one such call goes beyond it. */
  wait(bytes: number, go: () => void): void {
    this.#waiting.push({ bytes, go });
    this.#renewLater();
  }

  /** Resolves when `bytes` may be carried. */
  async take(bytes: number): Promise<void> {
    if (this.#leftBytes > 0 && this.#waiting.length === 0) {
      this.spend(bytes);
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wait(bytes, resolve);
    await promise;
  }

  #renewLater(): void {
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    setTimeout(() => this.#renew(), 0);
  }

  #renew(): void {
    this.#isRenewing = false;
    this.#leftBytes = this.#bytesPerTurn;
    while (this.#leftBytes > 0) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.spend(next.bytes);
      next.go();
    }
  }
}
