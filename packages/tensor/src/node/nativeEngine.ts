/** The engine on the CPU's own vector instructions: a Node-API addon with a pool of threads. */
import { createRequire } from "node:module";
import { type Engine, EngineError } from "../engine.ts";

interface Addon {
  create(threads: number): object;
  allocate(bytes: number): { readonly address: number; readonly buffer: ArrayBuffer };
  run(engine: object, programAddress: number): void;
}

interface Region {
  readonly address: number;
  readonly buffer: ArrayBuffer;
}

export class NativeEngine implements Engine {
  readonly kind = "native";
  readonly threads: number;
  readonly #addon: Addon;
  #pool: object | undefined;
  readonly #regions: Region[] = [];

  /** `path`: the addon that buildNative made. */
  constructor(path: string, threads: number) {
    this.#addon = createRequire(import.meta.url)(path) as Addon;
    this.#pool = this.#addon.create(threads);
    this.threads = threads;
  }

  allocate(bytes: number): number {
    try {
      const region = this.#addon.allocate(Math.max(64, bytes));
      this.#regions.push(region);
      return region.address;
    } catch (cause) {
      const message = `cannot allocate ${(bytes / 2 ** 20).toFixed(0)} MiB; use a smaller model, batch or context`;
      throw new EngineError("OUT_OF_MEMORY", message, { cause });
    }
  }

  floats(address: number, count: number): Float32Array {
    const region = this.#regionOf(address);
    return new Float32Array(region.buffer, address - region.address, count);
  }

  integers(address: number, count: number): Int32Array {
    const region = this.#regionOf(address);
    return new Int32Array(region.buffer, address - region.address, count);
  }

  load(program: Float64Array): number {
    const address = this.allocate(program.byteLength);
    const region = this.#regionOf(address);
    new Float64Array(region.buffer, 0, program.length).set(program);
    return address;
  }

  run(programAddress: number): void {
    if (this.#pool === undefined) throw new Error("internal: the engine is closed");
    this.#addon.run(this.#pool, programAddress);
  }

  /** The pool's threads end when the handle is collected: nothing may wait for a run here. */
  close(): void {
    this.#pool = undefined;
    this.#regions.length = 0;
  }

  #regionOf(address: number): Region {
    const region = this.#regions.find((r) => address >= r.address && address < r.address + r.buffer.byteLength);
    if (region === undefined) throw new Error("internal: address outside the engine's memory");
    return region;
  }
}
