/**
 * The canary: a small fixed training step through every kernel. The digest of its results is the engine's class digest;
 * engines with the same digest compute the same models and may audit each other.
 */
import type { Engine } from "./engine.ts";
import { gradients } from "./graph/gradients.ts";
import { Graph } from "./graph/graph.ts";
import { attention } from "./graph/ops/attention.ts";
import { cacheWrite } from "./graph/ops/cacheWrite.ts";
import { crossEntropy } from "./graph/ops/crossEntropy.ts";
import { embed } from "./graph/ops/embed.ts";
import { productInt8, quantize } from "./graph/ops/int8.ts";
import { product } from "./graph/ops/product.ts";
import { packWeight, productPacked } from "./graph/ops/productPacked.ts";
import { rmsNorm } from "./graph/ops/rmsNorm.ts";
import { rope } from "./graph/ops/rope.ts";
import { scaled } from "./graph/ops/scaled.ts";
import { sum } from "./graph/ops/sum.ts";
import { swiglu } from "./graph/ops/swiglu.ts";
import { Plan } from "./graph/plan.ts";
import { elementCount, type Shape, sizeInBytes, type Value } from "./graph/value.ts";
import type { OperandMode } from "./kernels.ts";
import { fillNormal, randomWords } from "./randomStream.ts";
import { ropeTables } from "./ropeTables.ts";

/** Digest of the exact class: CPU and WebAssembly engines alike. Changes only with the arithmetic of a kernel. */
export const expectedClassDigest = "538f5bbc7264d93ab56e25e9ebcc43185fefb2961db647d596a3e40998da2963";

const ROWS = 70;
const CLASSES = 37;
const WIDTH = 48;
const HEADS = 6;
const KEY_HEADS = 2;
const HEAD_SIZE = 8;
const CACHE_ROWS = 16;

interface Fixture {
  readonly outputs: readonly Value[];
  readonly parameters: readonly Value[];
  readonly cache: Value;
  readonly past: Value;
  readonly small: Value;
  readonly ids: Value;
  readonly targets: Value;
  readonly tables: { readonly cosines: Value; readonly sines: Value };
}

/** One block of a model with every operation in it, its gradients, and what only serving uses. */
function buildGraph(graph: Graph): Fixture {
  const parameters: Value[] = [];
  const parameter = (name: string, shape: Shape): Value => {
    const value = graph.parameter(name, shape);
    parameters.push(value);
    return value;
  };
  const ids = graph.input("ids", [ROWS], { type: "i32", bounds: { lowest: 0, beyond: CLASSES } });
  const targets = graph.input("targets", [ROWS], { type: "i32", bounds: { lowest: -1, beyond: CLASSES } });
  const table = [ROWS, HEAD_SIZE / 2];
  const tables = { cosines: graph.input("cosines", table), sines: graph.input("sines", table) };
  const embedding = parameter("embedding", [CLASSES, WIDTH]);
  const qkv = parameter("qkv", [WIDTH, (HEADS + 2 * KEY_HEADS) * HEAD_SIZE]);
  const gateUp = parameter("gateUp", [WIDTH, 2 * 70]);
  const down = parameter("down", [70, WIDTH]);
  const gain = parameter("gain", [WIDTH]);
  const x = embed(graph, ids, embedding);
  const projected = product(graph, rmsNorm(graph, x, gain, 1e-6), qkv);
  const heads = { heads: HEADS + KEY_HEADS, headSize: HEAD_SIZE, rowsPerSequence: ROWS };
  const turned = rope(graph, projected, tables, heads);
  const shape = { sequences: 1, heads: HEADS, keyHeads: KEY_HEADS, keySize: HEAD_SIZE, valueSize: HEAD_SIZE };
  const columns = { q: 0, k: HEADS * HEAD_SIZE, v: (HEADS + KEY_HEADS) * HEAD_SIZE };
  const attended = attention(graph, { q: turned, k: turned, v: turned }, { ...shape, columns });
  const h = sum(graph, x, attended);
  const y = product(graph, swiglu(graph, product(graph, h, gateUp)), down, { addend: h });
  const loss = crossEntropy(graph, product(graph, y, embedding, { transposeB: true }), targets);
  const found = gradients(graph, new Map([[loss, "one"]]), parameters);
  const cache = graph.parameter("cache", [1, 1, CACHE_ROWS, WIDTH]);
  const past = graph.input("past", [1], { type: "i32", bounds: { lowest: 0, beyond: 2 } });
  const small = graph.input("small", [4, WIDTH]);
  const plain = { sequences: 1, column: 0, inPanels: false, round: false };
  const written = cacheWrite(graph, small, { cache, past }, plain);
  const narrow = productPacked(graph, small, { panels: packWeight(graph, down, true), columns: 70 });
  const served = productInt8(graph, quantize(graph, small, false), quantize(graph, qkv, true));
  const half = scaled(graph, served, loss);
  return {
    outputs: [loss, ...found.values(), written, narrow, half],
    parameters,
    cache,
    past,
    small,
    ids,
    targets,
    tables,
  };
}

/** Runs the canary in one operand mode; returns its results, weights after one AdamW step included. */
function runCanary(engine: Engine, mode: OperandMode): readonly Uint8Array[] {
  const graph = new Graph(mode);
  const fixture = buildGraph(graph);
  const { parameters, cache } = fixture;
  const count = parameters.reduce((total, value) => total + elementCount(value.shape), 0);
  const places = new Map<Value, number>([[cache, engine.allocate(sizeInBytes(cache))]]);
  const segments = engine.allocate(16 * count + 4096);
  let next = segments;
  parameters.forEach((value, index) => {
    places.set(value, next);
    next += sizeInBytes(value);
    fillNormal(
      engine.floats(places.get(value)!, elementCount(value.shape)),
      { seed: 1, purpose: "canary" },
      index,
      0.3,
    );
  });
  const [gradient, first, second, extra] = [1, 2, 3, 4].map((i) => segments + 4 * count * i) as [
    number,
    number,
    number,
    number,
  ];
  const plan = new Plan(engine, graph, {
    outputs: fixture.outputs,
    bind: (value) => places.get(value),
    finish: (program) => {
      program.emit("sumSquares", { x: segments, partial: extra + 64, count });
      program.emit("adamw", {
        weight: segments,
        gradient,
        first,
        second,
        settings: extra,
        squares: extra + 64,
        norm: extra + 32,
        count,
        decayed: count - WIDTH,
      });
    },
  });
  engine.floats(gradient, count).set(engine.floats(segments, count));
  engine.floats(extra, 8).set([0.01, 0.9, 0.95, 1e-8, 0.1, 1, 0.1, 0.05]);
  fillInputs(plan, fixture);
  plan.run();
  const results = [...fixture.outputs.map((value) => plan.floats(value)), engine.floats(segments, 4 * count)];
  return results.map((floats) => new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength).slice());
}

function fillInputs(plan: Plan, { ids, targets, past, small, tables }: Fixture): void {
  const rows = Array.from({ length: ROWS }, (_, i) => randomWords({ seed: 2, purpose: "canary" }, 0, i));
  plan.writeIntegers(
    ids,
    rows.map(([word]) => word % CLASSES),
  );
  plan.writeIntegers(
    targets,
    rows.map(([, word]) => (word % (CLASSES + 1)) - 1),
  );
  plan.writeIntegers(past, [1]);
  const { cosines, sines } = ropeTables(ROWS, HEAD_SIZE, 10000);
  plan.floats(tables.cosines).set(cosines);
  plan.floats(tables.sines).set(sines);
  fillNormal(plan.floats(small), { seed: 3, purpose: "canary" }, 0, 1);
}

/** SHA-256, in hexadecimal, of the canary's results in both operand modes. Takes a few milliseconds. */
export async function classDigest(engine: Engine): Promise<string> {
  const parts = [...runCanary(engine, "bf16"), ...runCanary(engine, "f32")];
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
