/** What a reference kernel sees of its surroundings: memory by address, and the operands of one instruction. */
import type { KernelName, KernelOperands } from "../kernels.ts";

/** Views reach from `address` to the end of memory: a kernel's operands, not the view, say how much is meant. */
export interface ReferenceMemory {
  floats(address: number): Float32Array;
  /** Undefined for address 0, an operand that is absent. */
  optionalFloats(address: number): Float32Array | undefined;
  integers(address: number): Int32Array;
  optionalIntegers(address: number): Int32Array | undefined;
  bytes(address: number): Int8Array;
}

export type ReferenceKernel<K extends KernelName> = (memory: ReferenceMemory, operands: KernelOperands<K>) => void;
