/**
 * Queue of candidate pairs for BPE training: the highest count first, ties by the smaller left id, then the smaller right id.
 * A pair keeps the count it was pushed with; the caller compares it with the present count and pushes again if it fell.
 */
import type { PairTable } from "./pairTable.ts";

export class PairHeap {
  readonly #pairs: PairTable;
  #size = 0;
  #heap: Int32Array = new Int32Array(1024);
  #counts: Float64Array = new Float64Array(1024);

  constructor(pairs: PairTable) {
    this.#pairs = pairs;
  }

  push(pair: number, count: number): void {
    if (this.#size === this.#heap.length) this.#grow();
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(pair, count, parent)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#heap[at] = pair;
    this.#counts[at] = count;
  }

  /** Removes the first pair; undefined when empty. */
  pop(): { readonly pair: number; readonly count: number } | undefined {
    if (this.#size === 0) return undefined;
    const first = { pair: this.#heap[0] as number, count: this.#counts[0] as number };
    this.#size -= 1;
    const pair = this.#heap[this.#size] as number;
    const count = this.#counts[this.#size] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (
        child + 1 < this.#size &&
        this.#isBefore(this.#heap[child + 1] as number, this.#counts[child + 1] as number, child)
      ) {
        child += 1;
      }
      if (this.#isBefore(pair, count, child)) break;
      this.#move(child, at);
      at = child;
    }
    this.#heap[at] = pair;
    this.#counts[at] = count;
    return first;
  }

  #isBefore(pair: number, count: number, at: number): boolean {
    const otherCount = this.#counts[at] as number;
    if (count !== otherCount) return count > otherCount;
    const other = this.#heap[at] as number;
    const left = this.#pairs.left(pair);
    const otherLeft = this.#pairs.left(other);
    return left === otherLeft ? this.#pairs.right(pair) < this.#pairs.right(other) : left < otherLeft;
  }

  #move(from: number, to: number): void {
    this.#heap[to] = this.#heap[from] as number;
    this.#counts[to] = this.#counts[from] as number;
  }

  #grow(): void {
    const heap = new Int32Array(this.#heap.length * 2);
    const counts = new Float64Array(heap.length);
    heap.set(this.#heap);
    counts.set(this.#counts);
    this.#heap = heap;
    this.#counts = counts;
  }
}
