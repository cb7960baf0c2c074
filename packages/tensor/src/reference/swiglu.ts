/** SwiGLU on a fused pair of projections. Shazeer 2020. x: (rows, 2 width), row = [gate | up]; output: (rows, width). */
import { exp } from "./exponential.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";

const { fround } = Math;

function sigmoid(x: number): number {
  return fround(1 / fround(1 + exp(-x)));
}

/** output = gate * sigmoid(gate) * up */
export const swiglu: ReferenceKernel<"swiglu"> = (memory, o) => {
  const x = memory.floats(o.x);
  const output = memory.floats(o.output);
  for (let r = 0; r < o.rows; r++)
    for (let c = 0; c < o.width; c++) {
      const gate = x[2 * r * o.width + c]!;
      const up = x[(2 * r + 1) * o.width + c]!;
      const silu = fround(gate * sigmoid(gate));
      output[r * o.width + c] = fround(silu * up);
    }
};

/** dGate = dOutput * up * (s + silu * (1 - s)), dUp = dOutput * silu, with s = sigmoid(gate), silu = gate * s. */
export const swigluBackward: ReferenceKernel<"swigluBackward"> = (memory, o) => {
  const dOutput = memory.floats(o.dOutput);
  const x = memory.floats(o.x);
  const dX = memory.floats(o.dX);
  for (let r = 0; r < o.rows; r++)
    for (let c = 0; c < o.width; c++) {
      const gateAt = 2 * r * o.width + c;
      const upAt = gateAt + o.width;
      const [gate, up, d] = [x[gateAt]!, x[upAt]!, dOutput[r * o.width + c]!];
      const s = sigmoid(gate);
      const silu = fround(gate * s);
      const slope = fround(s + fround(silu * fround(1 - s)));
      dX[gateAt] = fround(fround(d * up) * slope);
      dX[upAt] = fround(d * silu);
    }
};
