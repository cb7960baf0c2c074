/** What a dishonest trainer sends in place of its contribution, in an experiment on the outer step. */
import { CHUNK_VALUES, compressDelta, type RoundRules, readDelta } from "@neuroshard/training";

export const ATTACKS = [
  "sign-flip",
  "times-100",
  "not-a-number",
  "random",
  "stale",
  "copied",
  "withheld",
  "equivocated",
] as const;
export type Attack = (typeof ATTACKS)[number];

export interface AttackView {
  /** What an honest trainer would have sent. */
  readonly own: Uint8Array;
  /** What another one sends. */
  readonly other: Uint8Array;
  /** What this one sent in the first round. */
  readonly first: Uint8Array;
  readonly values: number;
  readonly compression: RoundRules["compression"];
  readonly random: () => number;
}

/** Undefined: nothing arrives, or nothing that counts. */
export function attackedDelta(attack: Attack, view: AttackView): Uint8Array | undefined {
  switch (attack) {
    case "sign-flip":
      return changed(view, (value) => -value);
    case "times-100":
      return changed(view, (value) => 100 * value);
    case "random": {
      const own = decoded(view);
      const size = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0) / own.length) * Math.sqrt(12);
      return encoded(
        view,
        own.map(() => (view.random() - 0.5) * size),
      );
    }
    case "not-a-number": {
      const bytes = view.own.slice();
      new DataView(bytes.buffer).setFloat32(16, Number.NaN, true);
      return bytes;
    }
    case "stale":
      return view.first;
    case "copied":
      return view.other;
    case "withheld":
    case "equivocated":
      // Two commitments of one slot are evidence, and the contribution is left out like one that never came.
      return undefined;
    default:
      return attack satisfies never;
  }
}

function decoded({ own, values, compression }: AttackView): Float32Array {
  const all = new Float32Array(values);
  for (let from = 0; from < values; from += CHUNK_VALUES) {
    readDelta(own, compression, from, all.subarray(from, from + CHUNK_VALUES));
  }
  return all;
}

function changed(view: AttackView, change: (value: number) => number): Uint8Array {
  return encoded(view, decoded(view).map(change));
}

function encoded({ compression, values }: AttackView, wanted: Float32Array): Uint8Array {
  return compressDelta({ base: wanted, end: new Float32Array(values), residual: undefined, compression }).bytes;
}
