/** Cosines and sines of rotary positions, the same float32 on every machine. */
import { cosSin, exp, log } from "./deterministicMath.ts";

export interface RopeTableData {
  /** (positions, headSize / 2), row-major. */
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
}

/** Angle of position p and pair i: p * theta^(-2 i / headSize) (Su et al. 2021, equation 15). */
export function ropeTables(positions: number, headSize: number, theta: number): RopeTableData {
  const half = headSize / 2;
  const cosines = new Float32Array(positions * half);
  const sines = new Float32Array(positions * half);
  for (let i = 0; i < half; i++) {
    const frequency = exp((-2 * i * log(theta)) / headSize);
    for (let p = 0; p < positions; p++) {
      const { cos, sin } = cosSin(p * frequency);
      cosines[p * half + i] = cos;
      sines[p * half + i] = sin;
    }
  }
  return { cosines, sines };
}
