/** A worker thread of a WebAssembly team: waits for runs, joins each, ends when the program address is 0. */
import { parentPort, workerData } from "node:worker_threads";
import { controlWords, type WasmOptions, WasmThread } from "../wasm/wasmEngine.ts";

export interface MemberData {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  readonly options: WasmOptions;
}

function joinRuns({ module, memory, thread, options }: MemberData): void {
  const member = new WasmThread(module, memory, thread, options);
  const words = new Int32Array(memory.buffer, member.layout.control, 1);
  const addresses = new Float64Array(memory.buffer, member.layout.control, 2);
  parentPort!.postMessage("ready");
  for (let done = 0; ; done++) {
    Atomics.wait(words, controlWords.runs, done);
    const programAddress = addresses[controlWords.programAddress]!;
    if (programAddress === 0) return;
    member.run(programAddress);
  }
}

joinRuns(workerData as MemberData);
