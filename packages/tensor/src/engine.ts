/**
 * What an engine is: memory with addresses, and programs of kernel instructions that run on it.
 * Three implementations give the same bits: `reference` (plain TypeScript), `wasm` and `native`.
 */
export type EngineKind = "reference" | "wasm" | "native";

export interface Engine {
  readonly kind: EngineKind;
  readonly threads: number;
  /** Reserves zeroed memory, aligned to 64 bytes. Throws EngineError OUT_OF_MEMORY. */
  allocate(bytes: number): number;
  /** Views of memory; `address` and the extent must lie in one allocation. Do not keep them across `allocate`. */
  floats(address: number, count: number): Float32Array;
  integers(address: number, count: number): Int32Array;
  /** Copies a program (see ProgramWriter) into memory and returns its address. */
  load(program: Float64Array): number;
  /** Runs a loaded program to its end. Blocks. */
  run(programAddress: number): void;
  /** Ends the engine's threads; the engine must not be used afterwards. */
  close(): void;
}

export type EngineErrorCode = "OUT_OF_MEMORY" | "NOT_AVAILABLE" | "WRONG_DIGEST";

/** An engine that cannot be had or cannot go on; the message names cause and remedy. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EngineError";
    this.code = code;
  }
}
