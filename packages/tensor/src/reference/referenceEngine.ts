/**
 * The engine that is slow and readable: what the other engines must equal, bit for bit. Runs wherever JavaScript runs.
 * Its kernels show the mathematics; spec/arithmetic.md states the order and the rounding of their operations.
 */
import { type Engine, EngineError } from "../engine.ts";
import { type KernelName, type KernelOperands, kernelNames, kernels } from "../kernels.ts";
import { referenceKernels } from "./referenceKernels.ts";
import type { ReferenceMemory } from "./referenceMemory.ts";

const ALIGNMENT = 64;
const FIRST_BYTES = 1 << 20;

export class ReferenceEngine implements Engine {
  readonly kind = "reference";
  readonly threads = 1;
  #buffer = new ArrayBuffer(FIRST_BYTES);
  /** Address 0 means an absent operand, so nothing is allocated there. */
  #nextFree = ALIGNMENT;

  readonly #memory: ReferenceMemory = {
    floats: (address) => new Float32Array(this.#buffer, address),
    optionalFloats: (address) => (address === 0 ? undefined : new Float32Array(this.#buffer, address)),
    integers: (address) => new Int32Array(this.#buffer, address),
    optionalIntegers: (address) => (address === 0 ? undefined : new Int32Array(this.#buffer, address)),
    bytes: (address) => new Int8Array(this.#buffer, address),
  };

  allocate(bytes: number): number {
    const address = this.#nextFree;
    const end = address + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (end > this.#buffer.byteLength) this.#growTo(end);
    this.#nextFree = end;
    return address;
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.#buffer, address, count);
  }

  integers(address: number, count: number): Int32Array {
    return new Int32Array(this.#buffer, address, count);
  }

  load(program: Float64Array): number {
    const address = this.allocate(program.byteLength);
    new Float64Array(this.#buffer, address, program.length).set(program);
    return address;
  }

  run(programAddress: number): void {
    const words = new Float64Array(this.#buffer, programAddress);
    for (let at = 0; words[at]! >= 0; ) {
      const [opcode, count] = [words[at]!, words[at + 1]!];
      const name = kernelNames[opcode];
      if (name === undefined) throw new Error(`internal: unknown opcode ${opcode}`);
      if (count !== kernels[name].length) throw new Error(`internal: ${name} with ${count} operands`);
      this.#runKernel(name, words.subarray(at + 2, at + 2 + count));
      at += 2 + count;
    }
  }

  close(): void {
    this.#buffer = new ArrayBuffer(0);
  }

  #runKernel<K extends KernelName>(name: K, words: Float64Array): void {
    const operands = Object.fromEntries(kernels[name].map((operand, i) => [operand, words[i]!]));
    referenceKernels[name](this.#memory, operands as KernelOperands<K>);
  }

  #growTo(bytes: number): void {
    try {
      this.#buffer = this.#buffer.transfer(Math.max(bytes, 2 * this.#buffer.byteLength));
    } catch (cause) {
      const message = `cannot allocate ${(bytes / 2 ** 20).toFixed(0)} MiB; use a smaller model, batch or context`;
      throw new EngineError("OUT_OF_MEMORY", message, { cause });
    }
  }
}
