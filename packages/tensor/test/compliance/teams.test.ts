/** What a single call of a kernel cannot show: long programs on teams of threads, and values that are not finite. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../src/engine.ts";
import { flagsOfMode, PANEL_COLUMNS } from "../../src/kernels.ts";
import { ProgramWriter } from "../../src/programWriter.ts";
import { ReferenceEngine } from "../../src/reference/referenceEngine.ts";
import { engineFactories } from "./engines.ts";
import { uniform } from "./testData.ts";

const engines: { readonly name: string; readonly engine: Engine }[] = [];

beforeAll(async () => {
  for (const { name, open } of engineFactories) engines.push({ name, engine: await open() });
});

afterAll(() => {
  for (const { engine } of engines) engine.close();
});

const SIZE = 100;
const COUNT = SIZE * SIZE;

/** x: (100, 100) -> norm of (w x^T + x), which replaces x: each instruction needs all results of the one before. */
function writeChain(engine: Engine) {
  const [x, w, y, gain, inverse] = [COUNT, COUNT, COUNT, SIZE, SIZE].map((count) => engine.allocate(count * 4));
  engine.floats(x!, COUNT).set(uniform(COUNT, 1));
  engine.floats(w!, COUNT).set(uniform(COUNT, 2));
  engine.floats(gain!, SIZE).fill(1);
  const writer = new ProgramWriter();
  for (const flags of [flagsOfMode.f32, flagsOfMode.bf16]) {
    const strides = { aRow: SIZE, aK: 1, bK: 1, bColumn: SIZE, cRow: SIZE, batch: 1, aBatch: 0, bBatch: 0, cBatch: 0 };
    const sizes = { rows: SIZE, columns: SIZE, k: SIZE };
    writer.emit("product", { a: w!, b: x!, addend: x!, c: y!, flags, ...strides, ...sizes });
    const norm = { gain: gain!, inverse: inverse!, rows: SIZE, width: SIZE, epsilon: 1e-6 };
    writer.emit("rmsNorm", { x: y!, output: x!, ...norm });
  }
  return { program: engine.load(writer.finish()), x: x! };
}

test("R6: ten runs of dependent instructions give the reference's bits with every number of threads", () => {
  const runs = 10;
  const result = (engine: Engine): Uint8Array => {
    const { program, x } = writeChain(engine);
    for (let i = 0; i < runs; i++) engine.run(program);
    return new Uint8Array(engine.floats(x, COUNT).slice().buffer);
  };
  const expected = result(new ReferenceEngine());
  for (const { name, engine } of engines) expect(Buffer.compare(result(engine), expected), name).toBe(0);
});

/** Runs one instruction with its first tensor spoiled and returns what it wrote. */
type Spoiled = (engine: Engine, value: number) => Float32Array;

function emitted(engine: Engine, emit: (writer: ProgramWriter) => void): void {
  const writer = new ProgramWriter();
  emit(writer);
  engine.run(engine.load(writer.finish()));
}

function place(engine: Engine, values: ArrayLike<number>): number {
  const address = engine.allocate(values.length * 4);
  engine.floats(address, values.length).set(values);
  return address;
}

const WIDTH = 20;

function spoiledRow(value: number): Float32Array {
  return uniform(WIDTH, 1).map((x, i) => (i === 7 ? value : x));
}

function productOf(flags: number): Spoiled {
  return (engine, value) => {
    const [a, b, c] = [place(engine, spoiledRow(value)), place(engine, uniform(WIDTH, 2)), engine.allocate(4)];
    const strides = { aRow: WIDTH, aK: 1, bK: 1, bColumn: 1, cRow: 1, batch: 1, aBatch: 0, bBatch: 0, cBatch: 0 };
    emitted(engine, (writer) =>
      writer.emit("product", { a, b, addend: 0, c, rows: 1, columns: 1, k: WIDTH, flags, ...strides }),
    );
    return engine.floats(c, 1);
  };
}

const spoiled: Readonly<Record<string, Spoiled>> = {
  "a product in float32": productOf(flagsOfMode.f32),
  "a product in bfloat16": productOf(flagsOfMode.bf16),
  "a norm": (engine, value) => {
    const [x, gain] = [place(engine, spoiledRow(value)), place(engine, uniform(WIDTH, 2))];
    const [output, inverse] = [engine.allocate(WIDTH * 4), engine.allocate(4)];
    const sizes = { rows: 1, width: WIDTH, epsilon: 1e-6 };
    emitted(engine, (writer) => writer.emit("rmsNorm", { x, gain, output, inverse, ...sizes }));
    return engine.floats(output, WIDTH).slice(7, 8);
  },
  "a loss": (engine, value) => {
    const [logits, targets] = [place(engine, spoiledRow(value)), engine.allocate(4)];
    const [losses, dLogits] = [engine.allocate(4), engine.allocate(WIDTH * 4)];
    emitted(engine, (writer) =>
      writer.emit("crossEntropy", { logits, targets, losses, dLogits, rows: 1, classes: WIDTH }),
    );
    return engine.floats(losses, 1);
  },
  "the sum of squares of gradients": (engine, value) => {
    const [x, partial] = [place(engine, spoiledRow(value)), engine.allocate(4)];
    emitted(engine, (writer) => writer.emit("sumSquares", { x, partial, count: WIDTH }));
    return engine.floats(partial, 1);
  },
};

test.each(Object.entries(spoiled))("R5: a NaN or an infinity among the operands is seen in %s", (_, run) => {
  const all = [{ name: "reference", engine: new ReferenceEngine() as Engine }, ...engines];
  for (const { name, engine } of all) {
    const clean = [...run(engine, 1)];
    expect(clean.every(Number.isFinite), name).toBe(true);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const written = [...run(engine, value)];
      expect(written.some(Number.isFinite), `${name}: ${value} gave ${written}`).toBe(false);
    }
  }
});

test("R5: a NaN stays NaN when it is rounded to bfloat16, whatever its sign and payload", () => {
  const patterns = [0x7fc00000, 0xffc00000, 0x7f800001, 0x7fffffff, 0xffffffff];
  for (const { name, engine } of engines) {
    const [x, panels] = [engine.allocate(patterns.length * 4), engine.allocate(PANEL_COLUMNS * 4)];
    engine.integers(x, patterns.length).set(patterns);
    const shape = { k: 1, columns: patterns.length, xK: 0, xColumn: 1 };
    emitted(engine, (writer) => writer.emit("packWeight", { x, panels, round: 1, ...shape }));
    expect([...engine.floats(panels, patterns.length)].every(Number.isNaN), name).toBe(true);
  }
});
