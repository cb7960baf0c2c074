/**
 * The engine on WebAssembly SIMD128: runs in Node and in browsers. This class runs programs on one thread; with a shared
 * memory and members started by the host (src/node/wasmTeam.ts) the same class leads a team.
 */
import { type Engine, EngineError } from "../engine.ts";
import { alignUp, layOutMemory, pagesFor, type WasmLayout } from "./wasmMemory.ts";

export interface WasmOptions {
  readonly threads: number;
  /** 64-bit addresses: more than 4 GiB of tensors, at some cost in speed. */
  readonly memory64: boolean;
}

/** Equal to the maxima that scripts/buildWasm.ts links with. */
const maximumBytes = { narrow: 2 ** 32, wide: 2 ** 34 } as const;

type Address = number | bigint;
/** (sync, shared scratch, own scratch, thread, threads, program) */
type Run = (...words: readonly Address[]) => void;

/** How the leader tells its members of a run: words of the control block. */
export const controlWords = { runs: 0, programAddress: 1 } as const;

/** The file of the package's wasm folder that serves these options. */
export function wasmFileName(options: WasmOptions): string {
  return `kernels${options.memory64 ? "64" : ""}${options.threads > 1 ? "-threads" : ""}.wasm`;
}

/** One thread's instance of the kernels. */
export class WasmThread {
  readonly layout: WasmLayout;
  readonly #run: Run;
  readonly #thread: number;
  readonly #toAddress: (value: number) => Address;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, thread: number, options: WasmOptions) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    const heapBase = (exports.__heap_base as WebAssembly.Global).value as Address;
    this.layout = layOutMemory(Number(heapBase), options.threads);
    this.#toAddress = options.memory64 ? BigInt : (value) => value;
    (exports.__stack_pointer as WebAssembly.Global).value = this.#toAddress(this.layout.threads[thread]!.stackTop);
    this.#run = exports.run as unknown as Run;
    this.#thread = thread;
  }

  run(programAddress: number): void {
    const at = this.#toAddress;
    const { sync, sharedScratch, threads } = this.layout;
    const scratch = threads[this.#thread]!.scratch;
    this.#run(at(sync), at(sharedScratch), at(scratch), this.#thread, threads.length, at(programAddress));
  }
}

function createMemory(options: WasmOptions): WebAssembly.Memory {
  // The module's data and stack, one page at least for the layout to be known; then it grows.
  const initial = 8;
  const maximum = pagesFor(options.memory64 ? maximumBytes.wide : maximumBytes.narrow);
  const shared = options.threads > 1;
  const descriptor = options.memory64
    ? { initial: BigInt(initial), maximum: BigInt(maximum), shared, address: "i64" }
    : { initial, maximum, shared };
  return new WebAssembly.Memory(descriptor as WebAssembly.MemoryDescriptor);
}

export class WasmEngine implements Engine {
  readonly kind = "wasm";
  readonly threads: number;
  readonly memory: WebAssembly.Memory;
  readonly #leader: WasmThread;
  readonly #options: WasmOptions;
  #nextFree: number;

  constructor(module: WebAssembly.Module, options: WasmOptions) {
    this.#options = options;
    this.threads = options.threads;
    this.memory = createMemory(options);
    this.#leader = new WasmThread(module, this.memory, 0, options);
    this.#nextFree = this.#leader.layout.firstFree;
    this.#growTo(this.#nextFree);
  }

  allocate(bytes: number): number {
    const address = alignUp(this.#nextFree, 64);
    this.#growTo(address + bytes);
    this.#nextFree = address + bytes;
    return address;
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count);
  }

  integers(address: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, count);
  }

  load(program: Float64Array): number {
    const address = this.allocate(program.byteLength);
    new Float64Array(this.memory.buffer, address, program.length).set(program);
    return address;
  }

  run(programAddress: number): void {
    if (this.threads > 1) this.#signal(programAddress);
    this.#leader.run(programAddress);
  }

  close(): void {
    if (this.threads > 1) this.#signal(0);
  }

  #signal(programAddress: number): void {
    const { control } = this.#leader.layout;
    new Float64Array(this.memory.buffer, control, 2)[controlWords.programAddress] = programAddress;
    const words = new Int32Array(this.memory.buffer, control, 1);
    Atomics.add(words, controlWords.runs, 1);
    Atomics.notify(words, controlWords.runs);
  }

  #growTo(bytes: number): void {
    const missing = pagesFor(bytes) - pagesFor(this.memory.buffer.byteLength);
    if (missing <= 0) return;
    try {
      const pages = this.#options.memory64 ? BigInt(missing) : missing;
      this.memory.grow(pages as number);
    } catch (cause) {
      const limit = this.#options.memory64 ? "16 GiB" : "4 GiB";
      const message = `WebAssembly memory cannot grow to ${(bytes / 2 ** 20).toFixed(0)} MiB (limit ${limit}); use the native engine, or a smaller model, batch or context`;
      throw new EngineError("OUT_OF_MEMORY", message, { cause });
    }
  }
}
