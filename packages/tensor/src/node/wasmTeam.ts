/** The WebAssembly engine with worker threads over one shared memory. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { WasmEngine, type WasmOptions, wasmFileName } from "../wasm/wasmEngine.ts";
import type { MemberData } from "./wasmMember.ts";

export async function openWasmTeam(options: WasmOptions): Promise<WasmEngine> {
  const file = new URL(`../../wasm/${wasmFileName(options)}`, import.meta.url);
  const module = new WebAssembly.Module(readFileSync(file));
  const engine = new WasmEngine(module, options);
  const members = Array.from({ length: options.threads - 1 }, (_, index) => {
    const workerData: MemberData = { module, memory: engine.memory, thread: index + 1, options };
    return new Worker(new URL("./wasmMember.ts", import.meta.url), { workerData });
  });
  await Promise.all(members.map((member) => once(member, "message")));
  for (const member of members) member.unref();
  return engine;
}
