/** Shows memory and program handling of the reference engine; what its kernels compute is shown in test/compliance. */
import { expect, test } from "vitest";
import { ProgramWriter } from "../programWriter.ts";
import { ReferenceEngine } from "./referenceEngine.ts";

test("memory is zeroed, aligned to 64 bytes, keeps its contents as it grows, and has no address 0", () => {
  const engine = new ReferenceEngine();
  const first = engine.allocate(20);
  engine.floats(first, 5).set([1, 2, 3, 4, 5]);
  const second = engine.allocate(3 << 20);
  expect([first % 64, second % 64]).toEqual([0, 0]);
  expect(first).toBeGreaterThan(0);
  expect(second - first).toBeGreaterThanOrEqual(20);
  expect([...engine.floats(first, 5)]).toEqual([1, 2, 3, 4, 5]);
  expect(engine.integers(second, (3 << 20) / 4).every((word) => word === 0)).toBe(true);
});

test("a program runs its instructions in order up to its end", () => {
  const engine = new ReferenceEngine();
  const x = engine.allocate(64);
  engine.floats(x, 2).set([1, 2]);
  const writer = new ProgramWriter();
  writer.emit("add", { a: x, b: x, output: x, count: 2 });
  writer.emit("add", { a: x, b: x, output: x, count: 1 });
  engine.run(engine.load(writer.finish()));
  expect([...engine.floats(x, 2)]).toEqual([4, 4]);
});

test("an unknown opcode and a wrong operand count are internal errors", () => {
  const engine = new ReferenceEngine();
  const run = (words: readonly number[]) => () => engine.run(engine.load(Float64Array.from(words)));
  expect(run([999, 0, -1])).toThrow("internal: unknown opcode 999");
  expect(run([0, 3, 1, 2, 3, -1])).toThrow("internal: product with 3 operands");
});

test("memory that cannot be had is an OUT_OF_MEMORY error", () => {
  expect(() => new ReferenceEngine().allocate(2 ** 52)).toThrow(expect.objectContaining({ code: "OUT_OF_MEMORY" }));
});
