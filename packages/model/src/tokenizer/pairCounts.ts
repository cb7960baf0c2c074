/**
 * All distinct pieces of a training text as one sequence of symbols, with the weighted count of every adjacent pair and the
 * places where it stands, kept up to date while pairs are merged. A merge costs time in its occurrences only.
 */
import { PairTable } from "./pairTable.ts";
import type { PieceTable } from "./pieceTable.ts";
import { FIRST_BYTE_ID } from "./vocabulary.ts";

const NONE = -1;

export class PairCounts {
  readonly pairs: PairTable = new PairTable();
  #counts: Float64Array = new Float64Array(1024);
  /** Places of pair p: a chain of nodes from heads[p]. A place may be out of date; then its symbols tell. */
  #heads: Int32Array = new Int32Array(1024).fill(NONE);
  readonly #nodePlaces: Int32Array;
  readonly #nodeNexts: Int32Array;
  #nodeCount = 0;
  /** By place, that is by byte of the distinct pieces. A symbol that was merged into its left neighbour is NONE. */
  readonly #symbols: Int32Array;
  readonly #nextOf: Int32Array;
  readonly #previousOf: Int32Array;
  readonly #weightOf: Float64Array;

  /** weights[i] is how often piece i occurs; sums must stay below 2^53. */
  constructor(pieces: PieceTable, weights: Float64Array) {
    const places = pieces.totalBytes;
    this.#symbols = new Int32Array(places);
    this.#nextOf = new Int32Array(places);
    this.#previousOf = new Int32Array(places);
    this.#weightOf = new Float64Array(places);
    // A place starts at most one pair at first, and each of at most `places` merges forms at most two.
    this.#nodePlaces = new Int32Array(places * 3);
    this.#nodeNexts = new Int32Array(places * 3);
    let place = 0;
    for (let piece = 0; piece < pieces.size; piece++) {
      const bytes = pieces.bytesOf(piece);
      for (let i = 0; i < bytes.length; i++, place++) {
        this.#symbols[place] = (bytes[i] as number) + FIRST_BYTE_ID;
        this.#nextOf[place] = i + 1 < bytes.length ? place + 1 : NONE;
        this.#previousOf[place] = i > 0 ? place - 1 : NONE;
        this.#weightOf[place] = weights[piece] as number;
        if (i > 0) this.#form(place - 1, place);
      }
    }
  }

  countOf(pair: number): number {
    return this.#counts[pair] as number;
  }

  /** Replaces every occurrence of `pair` by `id`, a new symbol. The pairs formed get numbers from `pairs.size` on. */
  merge(pair: number, id: number): void {
    const left = this.pairs.left(pair);
    const right = this.pairs.right(pair);
    for (const place of this.#placesOf(pair)) {
      if (this.#symbols[place] !== left) continue;
      const next = this.#nextOf[place] as number;
      if (next === NONE || this.#symbols[next] !== right) continue;
      const before = this.#previousOf[place] as number;
      const after = this.#nextOf[next] as number;
      if (before !== NONE) this.#dissolve(before, place);
      if (after !== NONE) this.#dissolve(next, after);
      this.#symbols[place] = id;
      this.#symbols[next] = NONE;
      this.#nextOf[place] = after;
      if (before !== NONE) this.#form(before, place);
      if (after !== NONE) {
        this.#previousOf[after] = place;
        this.#form(place, after);
      }
    }
    this.#counts[pair] = 0;
    this.#heads[pair] = NONE;
  }

  /** In ascending order, so that in a run of equal symbols the leftmost pair goes first, as it does when encoding. */
  #placesOf(pair: number): Int32Array {
    let count = 0;
    for (let node = this.#heads[pair] as number; node !== NONE; node = this.#nodeNexts[node] as number) count += 1;
    const places = new Int32Array(count);
    for (let node = this.#heads[pair] as number; node !== NONE; node = this.#nodeNexts[node] as number) {
      count -= 1;
      places[count] = this.#nodePlaces[node] as number;
    }
    return places.sort();
  }

  #form(left: number, right: number): void {
    const pair = this.pairs.intern(this.#symbols[left] as number, this.#symbols[right] as number);
    if (pair >= this.#counts.length) this.#grow();
    this.#counts[pair] = (this.#counts[pair] as number) + (this.#weightOf[left] as number);
    const node = this.#nodeCount++;
    this.#nodePlaces[node] = left;
    this.#nodeNexts[node] = this.#heads[pair] as number;
    this.#heads[pair] = node;
  }

  #dissolve(left: number, right: number): void {
    const pair = this.pairs.find(this.#symbols[left] as number, this.#symbols[right] as number);
    this.#counts[pair] = (this.#counts[pair] as number) - (this.#weightOf[left] as number);
  }

  #grow(): void {
    const counts = new Float64Array(this.#counts.length * 2);
    const heads = new Int32Array(counts.length).fill(NONE);
    counts.set(this.#counts);
    heads.set(this.#heads);
    this.#counts = counts;
    this.#heads = heads;
  }
}
