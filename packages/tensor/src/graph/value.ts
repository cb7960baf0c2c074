/** A value of a graph: a tensor that is fed, held or computed. Shapes are row-major, the last dimension contiguous. */
export type TensorType = "f32" | "i32" | "i8";
export type Shape = readonly number[];

export interface TensorSpec {
  readonly shape: Shape;
  readonly type: TensorType;
}

/** `input`: written by the caller before a run; `parameter`: lives outside the plan, by name; `computed`: output of a node. */
export type ValueRole = "input" | "parameter" | "computed";

export interface Value extends TensorSpec {
  readonly id: number;
  readonly role: ValueRole;
  readonly name: string;
  /** For integer inputs: every element must be in [lowest, beyond). */
  readonly bounds?: { readonly lowest: number; readonly beyond: number };
}

const bytesPerElement: { readonly [T in TensorType]: number } = { f32: 4, i32: 4, i8: 1 };

export function elementCount(shape: Shape): number {
  return shape.reduce((count, size) => count * size, 1);
}

export function sizeInBytes(spec: TensorSpec): number {
  return elementCount(spec.shape) * bytesPerElement[spec.type];
}

/** Rows and columns of a tensor seen as a matrix: all leading dimensions are rows. */
export function matrixSize(spec: TensorSpec): { rows: number; columns: number } {
  const columns = spec.shape.at(-1) ?? 1;
  return { rows: elementCount(spec.shape) / columns, columns };
}
