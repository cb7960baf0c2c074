/**
 * Reverse-mode differentiation: appends to a graph the nodes that compute gradients of its values.
 * Contributions to one value are summed in the reverse order of the nodes that read it: the same on every machine.
 */
import type { Graph } from "./graph.ts";
import type { Inputs, Node } from "./op.ts";
import { sum } from "./ops/sum.ts";
import type { Value } from "./value.ts";

/** Where a backward pass begins: "one" for a loss, a value for activations whose gradient comes from elsewhere. */
export type Seeds = ReadonlyMap<Value, Value | "one">;

class GradientTable {
  readonly #graph: Graph;
  readonly #sums = new Map<Value, Value | "one">();

  constructor(graph: Graph, seeds: Seeds) {
    this.#graph = graph;
    for (const [value, seed] of seeds) this.#sums.set(value, seed);
  }

  of(value: Value): Value | "one" | undefined {
    return this.#sums.get(value);
  }

  tensorOf(value: Value): Value {
    const gradient = this.#sums.get(value);
    if (gradient === undefined || gradient === "one") throw new Error(`internal: no gradient tensor for ${value.name}`);
    return gradient;
  }

  /** Hands the sum over to the caller, who will give it back with its own part added. */
  take(value: Value): Value | undefined {
    if (!this.#sums.has(value)) return undefined;
    const gradient = this.tensorOf(value);
    this.#sums.delete(value);
    return gradient;
  }

  add(value: Value, gradient: Value): void {
    const known = this.take(value);
    this.#sums.set(value, known === undefined ? gradient : sum(this.#graph, known, gradient));
  }
}

/** Values that a gradient is wanted for, directly or on the way. */
function findNeeded(nodes: readonly Node<unknown>[], targets: readonly Value[]): ReadonlySet<Value> {
  const needed = new Set(targets);
  for (const node of nodes)
    if (node.inputs.some((input) => input !== undefined && needed.has(input)))
      for (const output of node.outputs) needed.add(output);
  return needed;
}

/** Nodes of recomputed segments, computed again just before their backward pass. */
class Recomputation {
  readonly #graph: Graph;
  readonly #nodes: readonly Node<unknown>[];
  readonly #again = new Map<Value, Value>();
  readonly #done = new Set<number>();
  readonly #copies = new Map<Node<unknown>, Node<unknown>>();

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#nodes = [...graph.nodes];
  }

  /** The node whose inputs and outputs the backward rule may read. */
  live(node: Node<unknown>): Node<unknown> {
    if (node.segment === 0) return node;
    if (!this.#done.has(node.segment)) this.#repeat(node.segment);
    return this.#copies.get(node)!;
  }

  #repeat(segment: number): void {
    this.#done.add(segment);
    for (const node of this.#nodes.filter((n) => n.segment === segment)) {
      const inputs: Inputs = node.inputs.map((input) => input && (this.#again.get(input) ?? input));
      const outputs = this.#graph.apply(node.op, inputs, node.attributes);
      node.outputs.forEach((output, i) => {
        this.#again.set(output, outputs[i]!);
      });
      this.#copies.set(node, this.#graph.nodes.at(-1)!);
    }
  }
}

/**
 * Gradients of the seeded values with respect to `targets`.
 * Throws `internal:` when a target does not influence any seeded value.
 */
export function gradients(graph: Graph, seeds: Seeds, targets: readonly Value[]): ReadonlyMap<Value, Value> {
  const forward = [...graph.nodes];
  const needed = findNeeded(forward, targets);
  const table = new GradientTable(graph, seeds);
  const recomputation = new Recomputation(graph);
  for (const node of forward.reverse()) {
    const isReached = node.outputs.some((output) => table.of(output) !== undefined && needed.has(output));
    if (!isReached || node.op.backward === undefined) continue;
    const dInputs = node.op.backward({
      graph,
      node: recomputation.live(node),
      dOutput: (i) => table.of(node.outputs[i]!),
      dTensor: (i) => table.tensorOf(node.outputs[i]!),
      takeSum: (i) => table.take(node.inputs[i]!),
    });
    dInputs.forEach((gradient, i) => {
      if (gradient !== undefined && node.inputs[i] !== undefined) table.add(node.inputs[i], gradient);
    });
  }
  return new Map(targets.map((target) => [target, table.tensorOf(target)]));
}
