/** Numbers ordered pairs of token ids in order of first sight: an open-addressing hash table without objects. */

const FIRST_SLOTS = 1024;

export class PairTable {
  #size = 0;
  /** Number of the pair + 1; 0 for a free slot. */
  #slots: Int32Array = new Int32Array(FIRST_SLOTS);
  #lefts: Int32Array = new Int32Array(FIRST_SLOTS / 2);
  #rights: Int32Array = new Int32Array(FIRST_SLOTS / 2);

  get size(): number {
    return this.#size;
  }

  left(index: number): number {
    return this.#lefts[index] as number;
  }

  right(index: number): number {
    return this.#rights[index] as number;
  }

  /** Number of the pair, or -1. */
  find(left: number, right: number): number {
    return (this.#slots[this.#slotOf(left, right)] as number) - 1;
  }

  /** Number of the pair. A new pair gets the number that `size` was before the call. */
  intern(left: number, right: number): number {
    const slot = this.#slotOf(left, right);
    const entry = this.#slots[slot] as number;
    if (entry !== 0) return entry - 1;
    const index = this.#size;
    this.#slots[slot] = index + 1;
    this.#lefts[index] = left;
    this.#rights[index] = right;
    this.#size = index + 1;
    if (this.#size === this.#lefts.length) this.#grow();
    return index;
  }

  /** The slot that holds the pair, or the free slot where it belongs. */
  #slotOf(left: number, right: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === 0 || (this.#lefts[entry - 1] === left && this.#rights[entry - 1] === right)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const lefts = new Int32Array(this.#lefts.length * 2);
    const rights = new Int32Array(lefts.length);
    lefts.set(this.#lefts);
    rights.set(this.#rights);
    this.#lefts = lefts;
    this.#rights = rights;
    this.#slots = new Int32Array(lefts.length * 2);
    for (let index = 0; index < this.#size; index++) {
      this.#slots[this.#slotOf(lefts[index] as number, rights[index] as number)] = index + 1;
    }
  }
}
