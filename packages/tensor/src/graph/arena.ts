/** Assigns offsets in one block of memory to tensors that live for a while: best fit over the free gaps. */

const ALIGNMENT = 64;

interface Gap {
  readonly offset: number;
  readonly size: number;
}

export class Arena {
  #gaps: Gap[] = [];
  #end = 0;

  /** Bytes that all tensors together need at the worst moment. */
  get size(): number {
    return this.#end;
  }

  take(bytes: number): number {
    const size = roundUp(bytes);
    const fitting = this.#gaps.filter((gap) => gap.size >= size).sort((a, b) => a.size - b.size || a.offset - b.offset);
    const gap = fitting[0];
    if (gap === undefined) return this.#extend(size);
    this.#gaps = this.#gaps.filter((other) => other !== gap);
    if (gap.size > size) this.#gaps.push({ offset: gap.offset + size, size: gap.size - size });
    return gap.offset;
  }

  release(offset: number, bytes: number): void {
    let merged: Gap = { offset, size: roundUp(bytes) };
    const rest: Gap[] = [];
    for (const gap of this.#gaps) {
      if (gap.offset + gap.size === merged.offset) merged = { offset: gap.offset, size: gap.size + merged.size };
      else if (merged.offset + merged.size === gap.offset)
        merged = { offset: merged.offset, size: merged.size + gap.size };
      else rest.push(gap);
    }
    this.#gaps = [...rest, merged];
  }

  /** Grows at the end, into the last gap where that one is free. */
  #extend(size: number): number {
    const last = this.#gaps.find((gap) => gap.offset + gap.size === this.#end);
    const offset = last?.offset ?? this.#end;
    this.#gaps = this.#gaps.filter((gap) => gap !== last);
    this.#end = offset + size;
    return offset;
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / ALIGNMENT) * ALIGNMENT;
}
