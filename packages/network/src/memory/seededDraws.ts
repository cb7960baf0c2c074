/** The chance of a simulation: a small fast counter generator on 32-bit integers (sfc32), a function of its seed. */

const WARM_UP_DRAWS = 12;
const TWO_TO_32 = 0x1_0000_0000;

export class SeededDraws {
  #a = 0;
  #b: number;
  #c: number;
  #counter = 1;

  /** Any whole number below 2^53. */
  constructor(seed: number) {
    this.#b = Math.floor(seed / TWO_TO_32) | 0;
    this.#c = seed | 0;
    for (let draw = 0; draw < WARM_UP_DRAWS; draw++) this.u32();
  }

  u32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  fraction(): number {
    return this.u32() / TWO_TO_32;
  }

  /** `most` of them, or all, each choice as likely as another, in the order in which they stood. */
  some<T>(items: readonly T[], most: number): readonly T[] {
    if (items.length <= most) return items;
    const chosen: T[] = [];
    for (const [place, item] of items.entries()) {
      const isChosen = this.fraction() * (items.length - place) < most - chosen.length;
      if (isChosen) chosen.push(item);
    }
    return chosen;
  }
}
