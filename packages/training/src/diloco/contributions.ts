/** The contributions of a round as numbers, in slot order: decompressed a chunk at a time, never all at once. */
import { CHUNK_VALUES, type Compression, readDelta } from "./compression/delta.ts";

/** The same chunk of every contribution: value `i` of contribution `r` is `values[r * stride + i]`. */
export interface Tile {
  readonly values: Float32Array;
  readonly rows: number;
  readonly stride: number;
  /** Values of each row that count. */
  readonly columns: number;
}

export interface Contributions {
  readonly count: number;
  /** Calls `visit` with every chunk from the first to the last, and the place of its first value. The tile is used again for the next. */
  forEachTile(visit: (tile: Tile, from: number) => void): void;
}

export interface ContributionsOptions {
  /** Without fault, see `checkDelta`. */
  readonly deltas: readonly Uint8Array[];
  readonly compression: Compression;
  /** Of each contribution. */
  readonly values: number;
  /** By contribution, what its values are multiplied by, rounded to float32; undefined: not at all. */
  readonly factors?: readonly number[] | undefined;
}

/** Rows a power of two apart would all fall into the same few places of a cache. */
const STRIDE = CHUNK_VALUES + 16;

export function createContributions({ deltas, compression, values, factors }: ContributionsOptions): Contributions {
  const room = new Float32Array(deltas.length * STRIDE);
  const rows = deltas.map((_, row) => room.subarray(row * STRIDE, row * STRIDE + CHUNK_VALUES));
  return {
    count: deltas.length,
    forEachTile(visit) {
      for (let from = 0; from < values; from += CHUNK_VALUES) {
        const columns = Math.min(CHUNK_VALUES, values - from);
        for (const [index, delta] of deltas.entries()) {
          const row = rows[index]!.subarray(0, columns);
          readDelta(delta, compression, from, row);
          scale(row, factors?.[index] ?? 1);
        }
        visit({ values: room, rows: deltas.length, stride: STRIDE, columns }, from);
      }
    },
  };
}

function scale(row: Float32Array, factor: number): void {
  if (factor === 1) return;
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) * factor;
}
