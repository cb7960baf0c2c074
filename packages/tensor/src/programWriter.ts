/** Writes programs: [opcode, operand count, operands ...] per instruction, then -1; all words are float64. */
import { type KernelName, type KernelOperands, kernelNames, kernels } from "./kernels.ts";

const opcodes = new Map<KernelName, number>(kernelNames.map((name, opcode) => [name, opcode]));
const END = -1;

export class ProgramWriter {
  readonly #words: number[] = [];

  emit<K extends KernelName>(kernel: K, operands: KernelOperands<K>): void {
    const names: readonly string[] = kernels[kernel];
    const values = operands as Readonly<Record<string, number>>;
    this.#words.push(opcodes.get(kernel)!, names.length);
    for (const name of names) {
      const value = values[name];
      if (value === undefined || Number.isNaN(value)) throw new Error(`internal: ${kernel} lacks operand ${name}`);
      this.#words.push(value);
    }
  }

  finish(): Float64Array {
    // Threads that wait for a run would not notice one without instructions.
    if (this.#words.length === 0) throw new Error("internal: a program needs an instruction");
    return Float64Array.from([...this.#words, END]);
  }
}
