/** Runs in the page: opens the single-thread WebAssembly engine and measures it. */
import { WasmEngine, wasmFileName } from "@neuroshard/tensor";
import { type Measured, measure } from "./measure.ts";

export async function measurePage(): Promise<Measured> {
  const options = { threads: 1, memory64: false };
  const module = await WebAssembly.compileStreaming(fetch(`/tensor/wasm/${wasmFileName(options)}`));
  const engine = new WasmEngine(module, options);
  const measured = await measure(engine);
  engine.close();
  return measured;
}
