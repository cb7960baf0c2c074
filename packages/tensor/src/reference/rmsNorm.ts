/** Root-mean-square norm over rows, with a gain. Zhang and Sennrich 2019. x, output: (rows, width), gain: (width). */
import { interleavedSum } from "./reduction.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround, sqrt } = Math;

/** output = x * inverse * gain, inverse = 1 / sqrt(mean(x^2) + epsilon). inverse: (rows). */
export const rmsNorm: ReferenceKernel<"rmsNorm"> = (memory, o) => {
  const gain = memory.floats(o.gain);
  const inverse = memory.floats(o.inverse);
  for (let r = 0; r < o.rows; r++) {
    const x = memory.floats(o.x).subarray(r * o.width);
    const output = memory.floats(o.output).subarray(r * o.width);
    const squares = interleavedSum(o.width, (c) => fround(x[c]! * x[c]!));
    const mean = fround(squares / o.width);
    const scale = fround(1 / fround(sqrt(fround(mean + fround(o.epsilon)))));
    for (let c = 0; c < o.width; c++) output[c] = fround(fround(x[c]! * scale) * gain[c]!);
    inverse[r] = scale;
  }
};

/** dX = g * inverse - x * inverse^3 * mean(g * x), g = dOutput * gain; then + addend. */
export const rmsNormBackward: ReferenceKernel<"rmsNormBackward"> = (memory, o) => {
  const gain = memory.floats(o.gain);
  const inverse = memory.floats(o.inverse);
  const addend = memory.optionalFloats(o.addend);
  for (let r = 0; r < o.rows; r++) {
    const dOutput = memory.floats(o.dOutput).subarray(r * o.width);
    const x = memory.floats(o.x).subarray(r * o.width);
    const dX = memory.floats(o.dX).subarray(r * o.width);
    const scale = inverse[r]!;
    const g = (c: number): number => fround(dOutput[c]! * gain[c]!);
    const mean = fround(interleavedSum(o.width, (c) => fround(g(c) * x[c]!)) / o.width);
    const slope = fround(fround(fround(scale * scale) * scale) * mean);
    for (let c = 0; c < o.width; c++) {
      const value = fround(fround(g(c) * scale) - fround(x[c]! * slope));
      dX[c] = addend === undefined ? value : fround(value + addend[r * o.width + c]!);
    }
  }
};

/** dGain[c] = sum over rows of dOutput * x * inverse. */
export const rmsNormGainBackward: ReferenceKernel<"rmsNormGainBackward"> = (memory, o) => {
  const dOutput = memory.floats(o.dOutput);
  const x = memory.floats(o.x);
  const inverse = memory.floats(o.inverse);
  const dGain = memory.floats(o.dGain);
  for (let c = 0; c < o.width; c++)
    dGain[c] = interleavedSum(o.rows, (r) => {
      const at = r * o.width + c;
      return fround(dOutput[at]! * fround(x[at]! * inverse[r]!));
    });
};
