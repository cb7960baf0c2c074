/**
 * Numbers byte strings in order of first sight: an open-addressing hash table over one byte arena, so that a piece of text
 * is looked up without making a string of it.
 */

const FIRST_SLOTS = 1024;

export class PieceTable {
  #size = 0;
  #slots: Int32Array = new Int32Array(FIRST_SLOTS);
  #hashes: Int32Array = new Int32Array(FIRST_SLOTS / 2);
  /** Piece i is arena[starts[i]] .. arena[starts[i + 1]]. */
  #starts: Uint32Array = new Uint32Array(FIRST_SLOTS / 2 + 1);
  #arena: Uint8Array = new Uint8Array(FIRST_SLOTS * 8);

  get size(): number {
    return this.#size;
  }

  /** Number of the piece bytes[start] .. bytes[end]. A new piece gets the number that `size` was before the call. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = this.#slots[slot] as number;
      if (entry === 0) break;
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, bytes, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(hash, slot, bytes.subarray(start, end));
  }

  /** Bytes of piece `index`; a view, valid until the next `intern` or `clear`. */
  bytesOf(index: number): Uint8Array {
    return this.#arena.subarray(this.#starts[index] as number, this.#starts[index + 1] as number);
  }

  /** Sum of the lengths of all pieces, in bytes. */
  get totalBytes(): number {
    return this.#starts[this.#size] as number;
  }

  clear(): void {
    this.#size = 0;
    this.#slots.fill(0);
  }

  #equals(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[index] as number;
    const length = end - start;
    if ((this.#starts[index + 1] as number) - from !== length) return false;
    for (let i = 0; i < length; i++) if (this.#arena[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(hash: number, slot: number, piece: Uint8Array): number {
    const index = this.#size;
    const from = this.#starts[index] as number;
    if (from + piece.length > this.#arena.length) {
      const larger = new Uint8Array(Math.max(this.#arena.length * 2, from + piece.length));
      larger.set(this.#arena.subarray(0, from));
      this.#arena = larger;
    }
    this.#arena.set(piece, from);
    this.#starts[index + 1] = from + piece.length;
    this.#hashes[index] = hash;
    this.#slots[slot] = index + 1;
    this.#size = index + 1;
    if (this.#size === this.#hashes.length) this.#grow();
    return index;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const hashes = new Int32Array(slots.length / 2);
    const starts = new Uint32Array(hashes.length + 1);
    hashes.set(this.#hashes);
    starts.set(this.#starts);
    const mask = slots.length - 1;
    for (let index = 0; index < this.#size; index++) {
      let slot = (hashes[index] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = index + 1;
    }
    this.#slots = slots;
    this.#hashes = hashes;
    this.#starts = starts;
  }
}

/** FNV-1a, then a shift so that the low bits, which choose the slot, depend on all bytes. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash ^ (hash >>> 15);
}
