/** At most so many at a time, for each key; whoever comes later waits in order, or is turned away. */

interface Gate {
  inside: number;
  readonly waiting: (() => void)[];
}

export class Turnstile {
  readonly #most: number;
  readonly #gates = new Map<string, Gate>();

  constructor(most: number) {
    this.#most = most;
  }

  /** How to leave, or undefined where it is full. */
  tryEnter(key: string): (() => void) | undefined {
    const gate = this.#gates.get(key) ?? { inside: 0, waiting: [] };
    if (gate.inside >= this.#most) return undefined;
    gate.inside += 1;
    this.#gates.set(key, gate);
    return this.#exitOf(key, gate);
  }

  /** Resolves with how to leave. Throws the signal's reason as soon as it is aborted. */
  async enter(key: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const leave = this.tryEnter(key);
    if (leave !== undefined) return leave;
    const gate = this.#gates.get(key)!;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => {
      const place = gate.waiting.indexOf(resolve);
      if (place === -1) return;
      gate.waiting.splice(place, 1);
      reject(signal?.reason);
    };
    gate.waiting.push(resolve);
    signal?.addEventListener("abort", abort);
    try {
      await promise;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
    return this.#exitOf(key, gate);
  }

  #exitOf(key: string, gate: Gate): () => void {
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      // Whoever waits takes the place over.
      const next = gate.waiting.shift();
      if (next !== undefined) {
        next();
        return;
      }
      gate.inside -= 1;
      if (gate.inside === 0) this.#gates.delete(key);
    };
  }
}
