/**
 * A planned graph: storage for every value is fixed and the program is written once, so that a run allocates nothing.
 * Values die after their last use and their storage is used again.
 */
import type { Engine } from "../engine.ts";
import { ProgramWriter } from "../programWriter.ts";
import { Arena } from "./arena.ts";
import type { Graph } from "./graph.ts";
import { lastUses, neededNodes } from "./liveness.ts";
import type { Inputs, Node } from "./op.ts";
import { elementCount, sizeInBytes, type Value } from "./value.ts";

export interface PlanOptions {
  /** Values to read after a run. */
  readonly outputs: readonly Value[];
  /** Address of a value that has its place already (parameters, gradients, caches); undefined lets the plan choose. */
  readonly bind: (value: Value) => number | undefined;
  /** Instructions to run after the graph's own. */
  readonly finish?: (program: ProgramWriter) => void;
}

export class Plan {
  readonly flops: number;
  /** Bytes of the values that the plan itself holds. */
  readonly bytes: number;
  readonly #engine: Engine;
  readonly #addresses: ReadonlyMap<Value, number>;
  readonly #program: number;

  constructor(engine: Engine, graph: Graph, options: PlanOptions) {
    const nodes = neededNodes(graph, options.outputs);
    const placement = new Placement(nodes, options);
    const base = engine.allocate(placement.bytes);
    const addresses = placement.addresses(base);
    this.#engine = engine;
    this.#addresses = addresses;
    this.#program = engine.load(writeProgram(graph, nodes, addresses, options.finish));
    this.flops = nodes.reduce((sum, node) => sum + node.op.flops(node), 0);
    this.bytes = placement.bytes;
  }

  run(): void {
    this.#engine.run(this.#program);
  }

  /** A view of a float value; do not keep it across allocations. */
  floats(value: Value): Float32Array {
    return this.#engine.floats(this.#addressOf(value), elementCount(value.shape));
  }

  /** Copies integers into an input after checking its bounds: kernels use them as indices. Throws RangeError. */
  writeIntegers(value: Value, data: ArrayLike<number>): void {
    const target = this.#engine.integers(this.#addressOf(value), elementCount(value.shape));
    const { lowest, beyond } = value.bounds ?? { lowest: -(2 ** 31), beyond: 2 ** 31 };
    if (data.length !== target.length)
      throw new RangeError(`${value.name}: ${data.length} values for ${target.length}`);
    for (let i = 0; i < data.length; i++) {
      const x = data[i]!;
      if (!Number.isInteger(x) || x < lowest || x >= beyond)
        throw new RangeError(`${value.name}[${i}] is ${x}, allowed is ${lowest} to ${beyond - 1}`);
      target[i] = x;
    }
  }

  #addressOf(value: Value): number {
    const address = this.#addresses.get(value);
    if (address === undefined) throw new Error(`internal: the plan does not hold ${value.name}`);
    return address;
  }
}

/** Decides where each value lives: bound by the caller, or at an offset in the plan's own memory. */
class Placement {
  readonly #arena = new Arena();
  readonly #bound = new Map<Value, number>();
  readonly #offsets = new Map<Value, number>();
  readonly #passedOn = new Set<Value>();
  readonly #lastUses: ReadonlyMap<Value, number>;
  readonly #options: PlanOptions;

  constructor(nodes: readonly Node<unknown>[], options: PlanOptions) {
    this.#options = options;
    this.#lastUses = lastUses(nodes, options.outputs);
    // Inputs and whatever else no node computes stay for the plan's whole life.
    const computed = new Set(nodes.flatMap((node) => node.outputs));
    for (const value of this.#lastUses.keys()) if (!computed.has(value)) this.#place(value);
    nodes.forEach((node, index) => {
      this.#placeOutputs(node, index);
      this.#releaseDead(node, index);
    });
  }

  get bytes(): number {
    return this.#arena.size;
  }

  addresses(base: number): ReadonlyMap<Value, number> {
    const owned = [...this.#offsets].map(([value, offset]) => [value, base + offset] as const);
    return new Map([...this.#bound, ...owned]);
  }

  #place(value: Value): void {
    const bound = this.#options.bind(value);
    if (bound !== undefined) this.#bound.set(value, bound);
    else if (value.role === "parameter") throw new Error(`internal: parameter ${value.name} is not bound`);
    else this.#offsets.set(value, this.#arena.take(sizeInBytes(value)));
  }

  #placeOutputs({ op, inputs, outputs }: Node<unknown>, index: number): void {
    outputs.forEach((output, i) => {
      if (i === 0 && op.changes !== undefined) this.#alias(output, inputs[op.changes]!);
      else if (op.inPlace?.output === i && this.#isFree(inputs, op.inPlace.input, output, index))
        this.#inherit(output, inputs[op.inPlace.input]!);
      else this.#place(output);
    });
  }

  #alias(output: Value, input: Value): void {
    const bound = this.#bound.get(input);
    if (bound === undefined) throw new Error(`internal: ${input.name} must be bound, it outlives the run`);
    this.#bound.set(output, bound);
  }

  /** Storage passes on when this node is the last to read it, and no place is prescribed for the output. */
  #isFree(inputs: Inputs, place: number, output: Value, index: number): boolean {
    const input = inputs[place];
    if (input === undefined || input.role !== "computed" || !this.#offsets.has(input)) return false;
    // Read in two roles it may be changed before another thread has read it in the second.
    if (inputs.some((other, i) => other === input && i !== place)) return false;
    if (this.#lastUses.get(input) !== index || this.#options.bind(output) !== undefined) return false;
    return sizeInBytes(input) === sizeInBytes(output);
  }

  #inherit(output: Value, input: Value): void {
    this.#offsets.set(output, this.#offsets.get(input)!);
    this.#passedOn.add(input);
  }

  #releaseDead(node: Node<unknown>, index: number): void {
    for (const value of new Set([...node.inputs, ...node.outputs])) {
      if (value === undefined || value.role !== "computed" || this.#lastUses.get(value) !== index) continue;
      const offset = this.#offsets.get(value);
      if (offset !== undefined && !this.#passedOn.has(value)) this.#arena.release(offset, sizeInBytes(value));
    }
  }
}

function writeProgram(
  graph: Graph,
  nodes: readonly Node<unknown>[],
  addresses: ReadonlyMap<Value, number>,
  finish: PlanOptions["finish"],
): Float64Array {
  const program = new ProgramWriter();
  const addressOf = (value: Value | undefined): number => (value === undefined ? 0 : addresses.get(value)!);
  for (const node of nodes)
    node.op.emit({
      program,
      mode: graph.mode,
      node,
      input: (i) => addressOf(node.inputs[i]),
      output: (i) => addressOf(node.outputs[i]),
    });
  finish?.(program);
  return program.finish();
}
