/** Attention around its block of 48 query rows, with groups of heads, and values sized unlike keys. */
import { flagsOfMode, type OperandMode } from "../../src/kernels.ts";
import type { KernelCase, Placement } from "./kernelCase.ts";
import { uniform } from "./testData.ts";

interface AttentionShape {
  readonly rows: number;
  readonly group: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly mode: OperandMode;
  /** Rows of k and v from one sequence to the next, where they are more than the rows. */
  readonly keyRows?: number;
  /** Size of the scores: large ones leave most weights zero. */
  readonly size?: number;
}

const KEY_HEADS = 2;
const SEQUENCES = 2;

function describeShape(shape: AttentionShape): string {
  const { rows, group, keySize, valueSize, mode, keyRows = rows, size = 1 } = shape;
  return `${rows} of ${keyRows} rows, group ${group}, sizes ${keySize}/${valueSize}, ${mode}, scores of size ${size}`;
}

/** Strides leave a little room, as where q, k and v are columns of one tensor. */
function commonOperands(place: Placement, shape: AttentionShape) {
  const { rows, group, keySize, valueSize, mode, keyRows = rows, size = 1 } = shape;
  const sequences = SEQUENCES;
  const heads = KEY_HEADS * group;
  const [qRow, kRow] = [heads * keySize + 2, KEY_HEADS * keySize + 1];
  const [vRow, outputRow] = [KEY_HEADS * valueSize + 3, heads * valueSize + 1];
  return {
    q: place.input(uniform(sequences * rows * qRow, 1, size)),
    k: place.input(uniform(sequences * keyRows * kRow, 2)),
    v: place.input(uniform(sequences * keyRows * vRow, 3)),
    ...{ qRow, kRow, vRow, outputRow, sequences, rows, keyRows, heads, keyHeads: KEY_HEADS, keySize, valueSize },
    scale: 1 / Math.sqrt(keySize),
    flags: flagsOfMode[mode],
  };
}

function forwardCase(shape: AttentionShape): KernelCase<"attention"> {
  return {
    name: describeShape(shape),
    operands: (place) => {
      const common = commonOperands(place, shape);
      const { sequences, rows, heads, outputRow } = common;
      const output = place.output(sequences * rows * outputRow);
      const statistics = place.output(sequences * rows * heads * 2);
      return { ...common, output, statistics };
    },
  };
}

/** Output and statistics need not be those of these q, k and v: the kernel takes them as they are. */
function backwardCase(shape: AttentionShape): KernelCase<"attentionBackward"> {
  return {
    name: describeShape(shape),
    operands: (place) => {
      const common = commonOperands(place, shape);
      const { sequences, rows, keyRows, heads, qRow, kRow, vRow, outputRow } = common;
      return {
        ...common,
        output: place.input(uniform(sequences * rows * outputRow, 4)),
        statistics: place.input(uniform(sequences * rows * heads * 2, 5).map(Math.abs)),
        dOutput: place.input(uniform(sequences * rows * outputRow, 6)),
        dQ: place.output(sequences * rows * (qRow + 1)),
        dK: place.output(sequences * keyRows * (kRow + 2)),
        dV: place.output(sequences * keyRows * (vRow + 3)),
        dQRow: qRow + 1,
        dKRow: kRow + 2,
        dVRow: vRow + 3,
      };
    },
  };
}

const modes = ["f32", "bf16"] as const;

const shapes: readonly AttentionShape[] = [1, 5, 48, 49, 100].flatMap((rows) =>
  modes.flatMap((mode) => [
    { rows, mode, group: 1, keySize: 16, valueSize: 16 },
    { rows, mode, group: 3, keySize: 24, valueSize: 9 },
    { rows, mode, group: 1, keySize: 7, valueSize: 20, keyRows: rows + 5 },
    { rows, mode, group: 3, keySize: 8, valueSize: 8, size: 200 },
  ]),
);

export const attentionCases = shapes.map(forwardCase);
export const attentionBackwardCases = shapes.map(backwardCase);
