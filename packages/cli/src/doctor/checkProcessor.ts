/** What the processor can do that the kernels make use of. */
import { availableParallelism, cpus } from "node:os";
import { cpuFeatures } from "@neuroshard/node";
import type { Finding } from "./check.ts";

/** The widest first. */
const VECTORS = [
  ["avx512f", "AVX-512"],
  ["avx2", "AVX2"],
  ["asimd", "NEON"],
] as const;

export function checkProcessor(): Finding {
  const { model } = cpus()[0] ?? { model: "unknown processor" };
  const found = `${model.trim()}, ${availableParallelism()} usable threads`;
  const features = cpuFeatures();
  const [, widest] = VECTORS.find(([feature]) => features.includes(feature)) ?? [];
  if (widest !== undefined) return { verdict: "good", found: `${found}, ${widest}` };
  if (process.platform !== "linux")
    return { verdict: "unknown", found: `${found}; this system does not tell its features` };
  const remedy = "training works and is several times slower; a processor made after 2013 has AVX2";
  return { verdict: "notice", found: `${found}, without AVX2`, remedy };
}
