/** Our engine as a contender: each configuration in its own process, asleep while others run. */
import { fileURLToPath } from "node:url";
import type { OperandMode } from "@neuroshard/tensor";
import { LineProcess } from "./lineProcess.ts";

const PROGRAM = fileURLToPath(new URL("../engine/engineProcess.ts", import.meta.url));

export interface OwnEngine {
  readonly kind: "native" | "wasm";
  readonly mode: OperandMode;
  readonly threads: number;
}

/** Throws with cause and remedy where the engine is not available. */
export async function startOwnEngine(engine: OwnEngine): Promise<LineProcess> {
  const { kind, mode, threads } = engine;
  const args = [PROGRAM, "--engine", kind, "--mode", mode, "--threads", String(threads)];
  const [started] = await LineProcess.start(process.execPath, args);
  return started;
}
