/**
 * One call of one kernel with its data, and how it is run: all tensors lie in one arena with gaps between them, so that
 * a comparison of arenas sees every output byte, and every byte that a kernel had no right to write.
 */
import type { Engine } from "../../src/engine.ts";
import type { KernelName, KernelOperands } from "../../src/kernels.ts";
import { ProgramWriter } from "../../src/programWriter.ts";

/** Places tensors and returns their addresses. */
export interface Placement {
  input(values: ArrayLike<number>): number;
  integers(values: ArrayLike<number>): number;
  bytes(values: Int8Array): number;
  /** Room for `count` float32 that nobody has written. */
  output(count: number): number;
}

export interface KernelCase<K extends KernelName> {
  readonly name: string;
  readonly operands: (place: Placement) => KernelOperands<K>;
}

export const ARENA_BYTES = 24 << 20;
/** What memory holds that nobody has written: a NaN. */
const UNWRITTEN = 0x7fc5a5a5;
const GAP_BYTES = 128;

function createPlacement(engine: Engine, arena: number) {
  let next = arena;
  let tensors = 0;
  const take = (bytes: number): number => {
    // Tensors may start anywhere that float32 may: slices of others do.
    const address = Math.ceil((next + GAP_BYTES) / 64) * 64 + 4 * (tensors++ % 5);
    const end = address + Math.ceil(bytes / 4) * 4;
    engine.integers(next, (end - next) / 4).fill(UNWRITTEN);
    next = end;
    return address;
  };
  const place: Placement = {
    input(values) {
      const address = take(values.length * 4);
      engine.floats(address, values.length).set(values);
      return address;
    },
    integers(values) {
      const address = take(values.length * 4);
      engine.integers(address, values.length).set(values);
      return address;
    },
    bytes(values) {
      const address = take(values.length);
      const { buffer, byteOffset } = engine.integers(address, Math.ceil(values.length / 4));
      new Int8Array(buffer, byteOffset, values.length).set(values);
      return address;
    },
    output: (count) => take(count * 4),
  };
  /** The extent of all tensors, with a gap at the end. */
  const closeArena = (): number => {
    const end = next + GAP_BYTES;
    if (end > arena + ARENA_BYTES) throw new Error("internal: the arena is too small for this case");
    engine.integers(next, GAP_BYTES / 4).fill(UNWRITTEN);
    return end - arena;
  };
  return { place, closeArena };
}

/** Runs the case in the arena; returns the arena's words as the kernel left them (a view, valid until the next call). */
export function runCase<K extends KernelName>(
  engine: Engine,
  arena: number,
  kernel: K,
  { operands }: KernelCase<K>,
): Int32Array {
  const { place, closeArena } = createPlacement(engine, arena);
  const writer = new ProgramWriter();
  writer.emit(kernel, operands(place));
  const usedBytes = closeArena();
  engine.run(engine.load(writer.finish()));
  return engine.integers(arena, usedBytes / 4);
}

/** Undefined where all words are equal, else the place and the values of the first difference. */
export function firstDifference(actual: Int32Array, expected: Int32Array): string | undefined {
  const at = expected.findIndex((word, i) => word !== actual[i]);
  if (at === -1 && actual.length === expected.length) return undefined;
  const show = (words: Int32Array): string => {
    const value = new Float32Array(Int32Array.of(words[at] ?? 0).buffer)[0];
    return `${value} (0x${((words[at] ?? 0) >>> 0).toString(16)})`;
  };
  return `word ${at} is ${show(actual)}, the reference has ${show(expected)}`;
}
