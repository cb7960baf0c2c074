/** Which nodes a plan needs, and how long each computed value must be kept. */
import type { Graph } from "./graph.ts";
import type { Node } from "./op.ts";
import type { Value } from "./value.ts";

/** The nodes that the outputs depend on, in their order. */
export function neededNodes(graph: Graph, outputs: readonly Value[]): readonly Node<unknown>[] {
  const needed = new Set(outputs);
  const kept: Node<unknown>[] = [];
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    kept.push(node);
    for (const input of node.inputs) if (input !== undefined) needed.add(input);
  }
  return kept.reverse();
}

/** Index of the last node that reads (or makes) each value; `nodes.length` for values read after the run. */
export function lastUses(nodes: readonly Node<unknown>[], outputs: readonly Value[]): ReadonlyMap<Value, number> {
  const last = new Map<Value, number>();
  nodes.forEach((node, index) => {
    for (const value of [...node.inputs, ...node.outputs]) if (value !== undefined) last.set(value, index);
  });
  for (const output of outputs) last.set(output, nodes.length);
  return last;
}
