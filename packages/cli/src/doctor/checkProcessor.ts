/** What the processor can do that the kernels make use of. */
import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import type { Finding } from "./check.ts";

/** As /proc/cpuinfo names them. */
const VECTORS = [
  ["avx512f", "AVX-512"],
  ["avx2", "AVX2"],
  ["asimd", "NEON"],
] as const;

export function checkProcessor(): Finding {
  const { model } = cpus()[0] ?? { model: "unknown processor" };
  const found = `${model.trim()}, ${availableParallelism()} usable threads`;
  const flags = processorFlags();
  if (flags === undefined) return { verdict: "unknown", found: `${found}; this system does not tell its features` };
  const [, widest] = VECTORS.find(([flag]) => flags.has(flag)) ?? [];
  if (widest === "AVX2" || widest === "AVX-512" || widest === "NEON")
    return { verdict: "good", found: `${found}, ${widest}` };
  const remedy = "training works and is several times slower; a processor made after 2013 has AVX2";
  return { verdict: "notice", found: `${found}, without AVX2`, remedy };
}

function processorFlags(): ReadonlySet<string> | undefined {
  try {
    const [, flags = ""] = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8")) ?? [];
    return new Set(flags.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}
