/** A graph of operations in the order in which they run. Built once, then planned (plan.ts). */
import type { OperandMode } from "../kernels.ts";
import type { GraphBuilder, Inputs, Node, Op } from "./op.ts";
import type { Shape, TensorSpec, TensorType, Value, ValueRole } from "./value.ts";

interface InputOptions {
  readonly type?: TensorType;
  readonly bounds?: { readonly lowest: number; readonly beyond: number };
}

export class Graph implements GraphBuilder {
  readonly mode: OperandMode;
  readonly nodes: Node<unknown>[] = [];
  readonly #parameters = new Map<string, Value>();
  #values = 0;
  #segments = 0;
  #segment = 0;

  constructor(mode: OperandMode) {
    this.mode = mode;
  }

  /** A tensor that the caller writes before each run. */
  input(name: string, shape: Shape, options: InputOptions = {}): Value {
    const { type = "f32", bounds } = options;
    return { ...this.#value("input", name, { shape, type }), ...(bounds && { bounds }) };
  }

  /** A tensor held outside the plan; the same name gives the same value. */
  parameter(name: string, shape: Shape, type: TensorType = "f32"): Value {
    const known = this.#parameters.get(name);
    if (known !== undefined) return known;
    const value = this.#value("parameter", name, { shape, type });
    this.#parameters.set(name, value);
    return value;
  }

  get parameters(): readonly Value[] {
    return [...this.#parameters.values()];
  }

  apply<A>(op: Op<A>, inputs: Inputs, attributes: A): readonly Value[] {
    const outputs = op.outputs(inputs, attributes).map((spec) => this.#value("computed", op.name, spec));
    const node: Node<A> = { op, attributes, inputs, outputs, segment: this.#segment };
    this.nodes.push(node as Node<unknown>);
    return outputs;
  }

  /** Nodes made by `build` are not kept for the backward pass but computed again there. */
  recomputed<T>(build: () => T): T {
    this.#segment = ++this.#segments;
    try {
      return build();
    } finally {
      this.#segment = 0;
    }
  }

  #value(role: ValueRole, name: string, spec: TensorSpec): Value {
    return { id: this.#values++, role, name, shape: spec.shape, type: spec.type };
  }
}
