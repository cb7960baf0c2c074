/** Rotary position embedding, rotate-half layout. Su et al. 2021. */
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;

/**
 * Turns the pair (i, i + headSize / 2) of each head by the angle whose cosine and sine stand in row `position` of two
 * tables (positions, headSize / 2); direction -1 turns back. Columns beyond the heads are copied.
 * x, output: (rows, width), where row r is row r mod rowsPerSequence of its sequence, after past[sequence] earlier ones.
 */
export const rope: ReferenceKernel<"rope"> = (memory, o) => {
  const cosines = memory.floats(o.cosines);
  const sines = memory.floats(o.sines);
  const past = memory.optionalIntegers(o.past);
  const half = o.headSize / 2;
  for (let r = 0; r < o.rows; r++) {
    const x = memory.floats(o.x).slice(r * o.width, (r + 1) * o.width);
    const output = memory.floats(o.output).subarray(r * o.width);
    const sequence = Math.floor(r / o.rowsPerSequence);
    const position = (r % o.rowsPerSequence) + (past?.[sequence] ?? 0);
    output.set(x);
    for (let head = 0; head < o.heads; head++)
      for (let i = 0; i < half; i++) {
        const first = head * o.headSize + i;
        const second = first + half;
        const cosine = cosines[position * half + i]!;
        const sine = fround(sines[position * half + i]! * fround(o.direction));
        output[first] = fround(fround(x[first]! * cosine) - fround(x[second]! * sine));
        output[second] = fround(fround(x[second]! * cosine) + fround(x[first]! * sine));
      }
  }
};
