/** What an operation is: its shape rule, the kernels it runs, its backward rule and its cost. One object per operation. */
import type { OperandMode } from "../kernels.ts";
import type { ProgramWriter } from "../programWriter.ts";
import type { TensorSpec, Value } from "./value.ts";

/** An absent optional input is undefined. */
export type Inputs = readonly (Value | undefined)[];

/** Where operations are appended: a Graph, seen by the operations. */
export interface GraphBuilder {
  apply<A>(op: Op<A>, inputs: Inputs, attributes: A): readonly Value[];
}

export interface EmitContext<A> {
  readonly program: ProgramWriter;
  readonly mode: OperandMode;
  readonly node: Node<A>;
  /** Address of input or output i in bytes; 0 for an absent input. */
  input(index: number): number;
  output(index: number): number;
}

export interface BackwardContext<A> {
  readonly graph: GraphBuilder;
  readonly node: Node<A>;
  /** Gradient of output i: undefined where nothing flows back, "one" for the seed of a loss. */
  dOutput(index: number): Value | "one" | undefined;
  /** The same where the rule needs a tensor. */
  dTensor(index: number): Value;
  /** Takes the sum of the gradients that input i has received so far: the rule adds it itself, in its kernel. */
  takeSum(index: number): Value | undefined;
}

export interface Op<A> {
  readonly name: string;
  /** Throws for shapes that do not fit (`internal:`, a fault of the caller's code). */
  outputs(inputs: Inputs, attributes: A): readonly TensorSpec[];
  emit(context: EmitContext<A>): void;
  /** One gradient per input, undefined for those without. Absent: nothing flows through. */
  readonly backward?: (context: BackwardContext<A>) => Inputs;
  /** Multiplications and additions of one run. */
  flops(node: Node<A>): number;
  /** Output that may take the storage of an input which nothing reads later. */
  readonly inPlace?: { readonly output: number; readonly input: number };
  /** Output 0 is input i itself, changed: it has no storage of its own. */
  readonly changes?: number;
}

export interface Node<A = unknown> {
  readonly op: Op<A>;
  readonly attributes: A;
  readonly inputs: Inputs;
  readonly outputs: readonly Value[];
  /** Nodes of one segment are recomputed together in the backward pass; 0 means kept. */
  readonly segment: number;
}

/** Input i of a node that cannot be without it. */
export function required(inputs: Inputs, index: number): Value {
  const value = inputs[index];
  if (value === undefined) throw new Error(`internal: input ${index} is missing`);
  return value;
}

export function expectShape(condition: boolean, op: string, inputs: Inputs): void {
  if (condition) return;
  const shapes = inputs.map((value) => (value === undefined ? "-" : `[${value.shape.join(",")}]`)).join(" ");
  throw new Error(`internal: ${op} cannot take ${shapes}`);
}
