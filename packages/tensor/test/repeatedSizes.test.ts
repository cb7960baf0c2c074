/** Sizes that TypeScript repeats from the C headers: a difference would let a kernel write outside its scratch memory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const packageFolder = join(import.meta.dirname, "..");

/** What the first group of the pattern finds in a file. Throws where it finds nothing. */
function numberIn(file: string, pattern: RegExp): number {
  const found = pattern.exec(readFileSync(join(packageFolder, file), "utf8"))?.[1];
  if (found === undefined) throw new Error(`${pattern} is not in ${file}`);
  return Number(found);
}

test.each([
  ["SHARED_SCRATCH_BYTES", "src/wasm/wasmMemory.ts", /SHARED_SCRATCH_BYTES = (\d+) << 20/],
  ["THREAD_SCRATCH_BYTES", "src/wasm/wasmMemory.ts", /THREAD_SCRATCH_BYTES = (\d+) << 20/],
  ["THREAD_SCRATCH_BYTES", "src/graph/ops/attention.ts", /THREAD_SCRATCH_FLOATS = \((\d+) << 20\)/],
])("%s of team.h is the one of %s", (name, file, pattern) => {
  expect(numberIn(file, pattern)).toBe(numberIn("kernels/team.h", new RegExp(`${name} \\((\\d+)u << 20\\)`)));
});

test("attention is refused by the block size that its kernel uses", () => {
  const used = numberIn("kernels/attention.h", /ATTENTION_ROWS (\d+)/);
  expect(numberIn("src/graph/ops/attention.ts", /BLOCK_ROWS = (\d+)/)).toBe(used);
});

test("every thread that a team may have has its share in the memory of a WebAssembly engine", () => {
  const threads = numberIn("kernels/team.h", /MOST_THREADS (\d+)/);
  expect(numberIn("src/wasm/wasmMemory.ts", /SYNC_BYTES = 64 \+ (\d+) \* 64/)).toBe(threads);
});
