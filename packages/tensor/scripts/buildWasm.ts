/**
 * Builds the WebAssembly kernels that ship in the package: one thread or many, 32- or 64-bit addresses.
 * `--check` builds into a temporary folder and fails unless every byte equals the files in wasm/ (needs clang 19 and lld 19).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), "..");
const kernelFolder = join(packageFolder, "kernels");
const wasmFolder = join(packageFolder, "wasm");
const CLANG_MAJOR = 19;

const commonFlags = [
  "-std=gnu11",
  "-O3",
  "-msimd128",
  "-mbulk-memory",
  "-mmutable-globals",
  "-ffp-contract=off",
  "-fno-math-errno",
  "-ffreestanding",
  "-fno-ident",
  "-nostdlib",
  "-Wl,--no-entry",
  "-Wl,--strip-all",
  "-Wl,--import-memory",
  "-Wl,--export=__heap_base",
  "-Wl,--export=__stack_pointer",
  "-Wl,-z,stack-size=262144",
];
const threadFlags = ["-matomics", "-Wl,--shared-memory"];

/** The most memory each kind may grow to; must equal what src/wasm/wasmModule.ts asks for. */
const variants: Readonly<Record<string, readonly string[]>> = {
  "kernels.wasm": ["--target=wasm32", "-Wl,--max-memory=4294967296"],
  "kernels-threads.wasm": ["--target=wasm32", ...threadFlags, "-Wl,--max-memory=4294967296"],
  "kernels64.wasm": ["--target=wasm64", "-Wl,--max-memory=17179869184"],
  "kernels64-threads.wasm": ["--target=wasm64", ...threadFlags, "-Wl,--max-memory=17179869184"],
};

function findClang(): string {
  for (const name of [`clang-${CLANG_MAJOR}`, "clang"]) {
    try {
      const version = execFileSync(name, ["--version"], { encoding: "utf8" });
      if (version.includes(`clang version ${CLANG_MAJOR}.`)) return name;
    } catch {
      // Not installed under this name: try the next one.
    }
  }
  throw new Error(`clang ${CLANG_MAJOR} is needed: apt-get install clang-${CLANG_MAJOR} lld-${CLANG_MAJOR}`);
}

function buildInto(folder: string): void {
  const clang = findClang();
  const sources = readdirSync(kernelFolder)
    .filter((name) => name.endsWith(".c") && name !== "native.c")
    .sort();
  for (const [file, flags] of Object.entries(variants))
    execFileSync(clang, [...flags, ...commonFlags, "-o", join(folder, file), ...sources], {
      cwd: kernelFolder,
      stdio: ["ignore", "inherit", "inherit"],
    });
}

function check(): void {
  const folder = mkdtempSync(join(tmpdir(), "kernels-"));
  try {
    buildInto(folder);
    const different = Object.keys(variants).filter(
      (file) => !readFileSync(join(folder, file)).equals(readFileSync(join(wasmFolder, file))),
    );
    if (different.length > 0) throw new Error(`not reproduced: ${different.join(", ")}; run buildWasm.ts and commit`);
    console.log(`${Object.keys(variants).length} WebAssembly modules rebuilt byte for byte`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv.includes("--check")) check();
else buildInto(wasmFolder);
