/** The contributions of a round as numbers, in slot order: decompressed a chunk at a time, never all at once. */
import { CHUNK_VALUES, type Compression, readDelta } from "./compression/delta.ts";

export interface Contributions {
  readonly count: number;
  /** Values of each. */
  readonly values: number;
  readonly chunks: number;
  /** Values of that chunk of every contribution, into `rows[contribution]`, each multiplied by its factor. */
  read(chunk: number, rows: readonly Float32Array[]): void;
}

export interface ContributionsOptions {
  /** Without fault, see `checkDelta`. */
  readonly deltas: readonly Uint8Array[];
  readonly compression: Compression;
  readonly values: number;
  /** By contribution; 1 changes nothing. */
  readonly factors?: readonly number[];
}

export function createContributions({ deltas, compression, values, factors }: ContributionsOptions): Contributions {
  return {
    count: deltas.length,
    values,
    chunks: Math.ceil(values / CHUNK_VALUES),
    read(chunk, rows) {
      for (const [index, delta] of deltas.entries()) {
        const row = rows[index]!;
        readDelta(delta, compression, chunk * CHUNK_VALUES, row);
        const factor = factors?.[index] ?? 1;
        if (factor === 1) continue;
        for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) * factor;
      }
    },
  };
}

/** Room for one chunk of each contribution, cut to what the chunk has. */
export function createRows(contributions: Contributions): (chunk: number) => Float32Array[] {
  const room = Array.from({ length: contributions.count }, () => new Float32Array(CHUNK_VALUES));
  return (chunk) => {
    const length = Math.min(CHUNK_VALUES, contributions.values - chunk * CHUNK_VALUES);
    return length === CHUNK_VALUES ? room : room.map((row) => row.subarray(0, length));
  };
}
