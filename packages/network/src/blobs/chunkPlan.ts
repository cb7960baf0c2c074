/**
 * Which chunk of a blob comes from whom. Sources take a few at a time and come back for more, so that a fast one gets
 * more; chunks that a slow one owes for long are given to another as well. Spec: spec/network.md#N8.
 */
import type { DeviceKey } from "@neuroshard/protocol";

export interface ChunkRun {
  readonly first: number;
  readonly count: number;
}

interface Claim {
  readonly by: Set<DeviceKey>;
  sinceMs: number;
}

export class ChunkPlan {
  readonly #stealAfterMs: number;
  /** Ascending. */
  #waiting: number[];
  readonly #claims = new Map<number, Claim>();
  #unstored: number;

  constructor(chunks: number, present: ReadonlySet<number>, stealAfterMs: number) {
    this.#stealAfterMs = stealAfterMs;
    this.#waiting = Array.from({ length: chunks }, (_, index) => index).filter((index) => !present.has(index));
    this.#unstored = this.#waiting.length;
  }

  get isComplete(): boolean {
    return this.#unstored === 0;
  }

  /** Chunks that nobody has been asked for. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Chunks that another source should be asked for as well. */
  late(nowMs: number): number {
    return [...this.#claims.values()].filter((claim) => this.#isLate(claim, nowMs)).length;
  }

  claim(by: DeviceKey, most: number, nowMs: number): ChunkRun | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return this.#steal(by, nowMs);
    let count = 1;
    while (count < most && this.#waiting[count] === first + count) count += 1;
    this.#waiting.splice(0, count);
    for (let index = first; index < first + count; index++)
      this.#claims.set(index, { by: new Set([by]), sinceMs: nowMs });
    return { first, count };
  }

  /** The source will not bring them. */
  giveBack(by: DeviceKey, indexes: readonly number[]): void {
    for (const index of indexes) {
      const claim = this.#claims.get(index);
      if (claim === undefined || !claim.by.delete(by) || claim.by.size > 0) continue;
      this.#claims.delete(index);
      this.#waiting.push(index);
    }
    this.#waiting.sort((a, b) => a - b);
  }

  /** False where another source was faster. */
  arrive(index: number): boolean {
    return this.#claims.delete(index);
  }

  stored(): void {
    this.#unstored -= 1;
  }

  #steal(by: DeviceKey, nowMs: number): ChunkRun | undefined {
    for (const [index, claim] of this.#claims) {
      if (!this.#isLate(claim, nowMs) || claim.by.has(by)) continue;
      claim.by.add(by);
      claim.sinceMs = nowMs;
      return { first: index, count: 1 };
    }
    return undefined;
  }

  #isLate({ by, sinceMs }: Claim, nowMs: number): boolean {
    return by.size === 1 && nowMs - sinceMs >= this.#stealAfterMs;
  }
}
