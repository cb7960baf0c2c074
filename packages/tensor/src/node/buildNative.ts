/**
 * Builds the native kernels from the same C source as the WebAssembly module, when a C compiler is there.
 * The result is cached under a digest of sources, compiler and CPU; nothing is downloaded.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), "../..");
const kernelFolder = join(packageFolder, "kernels");
const buildFolder = join(packageFolder, "build");

/** Contraction stays off: only the bf16 product tile fuses, by its own intrinsics. The other two flags never change a value. */
const exactFlags = ["-std=gnu11", "-O3", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"];
const targetFlags: Readonly<Record<string, readonly string[]>> = {
  x64: ["-march=native", "-mprefer-vector-width=512"],
  arm64: ["-mcpu=native"],
};

export type NativeBuild =
  | { readonly status: "built" | "cached"; readonly path: string }
  | { readonly status: "unavailable"; readonly reason: string };

function findCompiler(): string | undefined {
  const candidates = process.env.CC ? [process.env.CC] : ["clang", "gcc", "cc"];
  return candidates.find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);
}

/** The folder that holds node_api.h: beside the pinned runtime, or beside the running one. */
function findHeaders(): string | undefined {
  const beside = join(dirname(process.execPath), "../include/node");
  const pinned = ["x64", "arm64"].map((arch) =>
    join(packageFolder, `../../node_modules/node-linux-${arch}/include/node`),
  );
  return [beside, ...pinned].find((folder) => existsSync(join(folder, "node_api.h")));
}

function sourceNames(): readonly string[] {
  return readdirSync(kernelFolder)
    .filter((name) => name.endsWith(".c") && name !== "wasm.c")
    .sort();
}

function buildKey(compiler: string, flags: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(kernelFolder).sort()) hash.update(readFileSync(join(kernelFolder, name)));
  hash.update(execFileSync(compiler, ["--version"]));
  hash.update(JSON.stringify([flags, process.platform, process.arch, cpus()[0]?.model]));
  return hash.digest("hex").slice(0, 16);
}

/** Builds or finds the native kernels; never throws for a missing or failing compiler. */
export function buildNative(): NativeBuild {
  if (process.platform === "win32") return { status: "unavailable", reason: "native kernels are not built on Windows" };
  const compiler = findCompiler();
  if (compiler === undefined) return { status: "unavailable", reason: "no C compiler found (install clang or gcc)" };
  const headers = findHeaders();
  if (headers === undefined) return { status: "unavailable", reason: "node_api.h not found beside the Node runtime" };
  const flags = [...exactFlags, ...(targetFlags[process.arch] ?? []), "-fPIC", "-shared", "-pthread"];
  const path = join(buildFolder, `kernels-${buildKey(compiler, flags)}.node`);
  if (existsSync(path)) return { status: "cached", path };
  mkdirSync(buildFolder, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const undefinedSymbols = process.platform === "darwin" ? ["-undefined", "dynamic_lookup"] : [];
  const inputs = sourceNames().map((name) => join(kernelFolder, name));
  const result = spawnSync(compiler, [...flags, ...undefinedSymbols, `-I${headers}`, "-o", unfinished, ...inputs], {
    encoding: "utf8",
  });
  if (result.status !== 0) {
    rmSync(unfinished, { force: true });
    return { status: "unavailable", reason: `${compiler} failed: ${(result.stderr ?? "").split("\n")[0]}` };
  }
  for (const name of readdirSync(buildFolder)) if (/^kernels-.*\.node$/.test(name)) rmSync(join(buildFolder, name));
  renameSync(unfinished, path);
  return { status: "built", path };
}
