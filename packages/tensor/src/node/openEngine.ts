/** Opens the fastest engine that this machine has, or the one that was asked for. */
import { availableParallelism } from "node:os";
import { classDigest, expectedClassDigest } from "../canary.ts";
import { type Engine, EngineError, type EngineKind } from "../engine.ts";
import { ReferenceEngine } from "../reference/referenceEngine.ts";
import { buildNative } from "./buildNative.ts";
import { NativeEngine } from "./nativeEngine.ts";
import { openWasmTeam } from "./wasmTeam.ts";

export interface OpenOptions {
  /** Absent: native where a C compiler is there, else wasm. */
  readonly kind?: EngineKind | undefined;
  /** Absent: as many as the machine has processors. */
  readonly threads?: number | undefined;
  /** 64-bit addresses for the wasm engine: beyond 4 GiB. */
  readonly memory64?: boolean | undefined;
}

const MOST_THREADS = 64;

function openNative(threads: number): Engine {
  const build = buildNative();
  if (build.status === "unavailable")
    throw new EngineError("NOT_AVAILABLE", `the native engine is not available: ${build.reason}; use --engine wasm`);
  return new NativeEngine(build.path, threads);
}

async function open(kind: EngineKind, threads: number, memory64: boolean): Promise<Engine> {
  switch (kind) {
    case "reference":
      return new ReferenceEngine();
    case "wasm":
      return openWasmTeam({ threads, memory64 });
    case "native":
      return openNative(threads);
  }
}

/**
 * Throws EngineError NOT_AVAILABLE when the asked engine cannot be had, WRONG_DIGEST when its canary differs:
 * such an engine would compute another model than everybody else.
 */
export async function openEngine({ kind, threads, memory64 = false }: OpenOptions = {}): Promise<Engine> {
  const count = Math.min(MOST_THREADS, Math.max(1, threads ?? availableParallelism()));
  const chosen = kind ?? (buildNative().status === "unavailable" ? "wasm" : "native");
  const engine = await open(chosen, count, memory64);
  const digest = await classDigest(engine);
  if (digest === expectedClassDigest) return engine;
  engine.close();
  if (kind === undefined && chosen === "native") return openEngine({ kind: "wasm", threads, memory64 });
  const message = `the ${chosen} engine fails its self-test (digest ${digest.slice(0, 16)}, expected ${expectedClassDigest.slice(0, 16)}); rebuild it with npm start, or use another engine`;
  throw new EngineError("WRONG_DIGEST", message);
}
