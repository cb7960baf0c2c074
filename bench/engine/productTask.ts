/**
 * Times plain products [m, k] x [k, n], on the inputs of peers/products.mjs, and checks them as it does.
 * Request: {"shape": [m, k, n], "repeats": 20}; answer: {"milliseconds": [...], "largestError": ...}.
 */
import { type Engine, Graph, type OperandMode, Plan, product } from "@neuroshard/tensor";

export type ProductShape = readonly [rows: number, inner: number, columns: number];

export interface ProductRequest {
  readonly shape: ProductShape;
  readonly repeats: number;
}

export interface ProductAnswer {
  readonly milliseconds: readonly number[];
  readonly largestError: number;
}

const WARM_UP_PRODUCTS = 3;
const CHECKED_ELEMENTS = 64;
const LARGEST_ERROR = 1e-3;

interface PlannedProduct {
  run(): void;
  largestError(): number;
}

export class ProductTask {
  readonly #engine: Engine;
  readonly #mode: OperandMode;
  readonly #planned = new Map<string, PlannedProduct>();

  constructor(engine: Engine, mode: OperandMode) {
    this.#engine = engine;
    this.#mode = mode;
  }

  answer({ shape, repeats }: ProductRequest): ProductAnswer {
    const planned = this.#planned.get(shape.join()) ?? planProduct(this.#engine, this.#mode, shape);
    this.#planned.set(shape.join(), planned);
    for (let i = 0; i < WARM_UP_PRODUCTS; i++) planned.run();
    const milliseconds = Array.from({ length: repeats }, () => {
      const start = performance.now();
      planned.run();
      return performance.now() - start;
    });
    const largestError = planned.largestError();
    if (!(largestError <= LARGEST_ERROR)) throw new Error(`wrong product: off by ${largestError}`);
    return { milliseconds, largestError };
  }
}

function planProduct(engine: Engine, mode: OperandMode, [m, k, n]: ProductShape): PlannedProduct {
  const graph = new Graph(mode);
  const a = graph.input("a", [m, k]);
  const b = graph.input("b", [k, n]);
  const c = product(graph, a, b);
  const plan = new Plan(engine, graph, { outputs: [c], bind: () => undefined });
  const [left, right] = [uniform(m * k, 1), uniform(k * n, 2)];
  plan.floats(a).set(left);
  plan.floats(b).set(right);
  const operand = mode === "bf16" ? roundToBfloat16 : (x: number) => x;
  return {
    run: () => plan.run(),
    largestError: () => largestDeviation([m, k, n], left.map(operand), right.map(operand), plan.floats(c)),
  };
}

/** `count` numbers in [-1, 1), the same in every run. */
function uniform(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Eight significant bits, ties to even: what the bf16 mode makes of an operand of ordinary size. */
function roundToBfloat16(x: number): number {
  const bits = new Uint32Array(Float32Array.of(x).buffer);
  bits[0] = (bits[0]! + 0x7fff + ((bits[0]! >>> 16) & 1)) & 0xffff0000;
  return new Float32Array(bits.buffer)[0]!;
}

/** Over elements spread through the result, against float64 sums. */
function largestDeviation([m, k, n]: ProductShape, a: Float32Array, b: Float32Array, result: Float32Array): number {
  let largest = 0;
  for (let sample = 0; sample < CHECKED_ELEMENTS; sample++) {
    const index = Math.floor(((m * n - 1) * sample) / (CHECKED_ELEMENTS - 1));
    const row = Math.floor(index / n);
    let sum = 0;
    for (let i = 0; i < k; i++) sum += a[row * k + i]! * b[i * n + (index % n)]!;
    const deviation = Math.abs(sum - result[index]!);
    if (Number.isNaN(deviation)) return deviation;
    largest = Math.max(largest, deviation);
  }
  return largest;
}
