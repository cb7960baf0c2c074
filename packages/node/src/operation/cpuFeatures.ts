/** Vector instructions of the processor that an engine can gain from, by the names of the system. */
import { readFileSync } from "node:fs";

const KNOWN = ["avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16", "sve"];

let found: readonly string[] | undefined;

/** None where the system does not tell. */
export function cpuFeatures(): readonly string[] {
  found ??= readFeatures();
  return found;
}

function readFeatures(): readonly string[] {
  try {
    const [, flags = ""] = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8")) ?? [];
    const names = new Set(flags.trim().split(/\s+/));
    return KNOWN.filter((name) => names.has(name));
  } catch {
    return [];
  }
}
