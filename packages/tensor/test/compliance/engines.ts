/** The engines that the compliance suite holds against the reference, each in several thread counts. */
import type { Engine } from "../../src/engine.ts";
import { buildNative } from "../../src/node/buildNative.ts";
import { NativeEngine } from "../../src/node/nativeEngine.ts";
import { openWasmTeam } from "../../src/node/wasmTeam.ts";

export interface EngineFactory {
  readonly name: string;
  /** Without the self-test that openEngine makes: a wrong engine shall be shown by its bytes, not refused. */
  readonly open: () => Promise<Engine>;
}

function wasm(threads: number, memory64: boolean): EngineFactory {
  const name = `wasm${memory64 ? "64" : ""}, ${threads} threads`;
  return { name, open: () => openWasmTeam({ threads, memory64 }) };
}

/** Empty where no C compiler is: the WebAssembly engines are compared everywhere. */
function nativeEngines(): readonly EngineFactory[] {
  const build = buildNative();
  if (build.status === "unavailable") return [];
  return [1, 2, 3].map((threads) => ({
    name: `native, ${threads} threads`,
    open: async () => new NativeEngine(build.path, threads),
  }));
}

export const engineFactories: readonly EngineFactory[] = [
  ...nativeEngines(),
  wasm(1, false),
  wasm(2, false),
  wasm(2, true),
];
