/** PyTorch as a contender: the programs of peers/, with one line of help where it is not installed. */
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { LineProcess } from "./lineProcess.ts";

/** The interpreter that has Debian's torch. */
const PYTHON = "/usr/bin/python3";
const INSTALL = "apt-get install --no-install-recommends";
const PACKAGE_OF: Readonly<Record<string, string>> = { blis: "libblis4-openmp", openblas: "libopenblas0-openmp" };

export type TorchProgram = "torchTrain.py" | "torchDecode.py";
export type TorchType = "float32" | "bfloat16";

interface Greeting {
  readonly version: string;
  readonly blas: string;
}

export interface Torch<Extra> {
  readonly child: LineProcess;
  /** Folder of the BLAS library, which carries its flavour: `blis-openmp`. */
  readonly blas: string;
  readonly about: string;
  readonly greeting: Extra;
}

const programFolder = fileURLToPath(new URL("../peers/", import.meta.url));

/** Throws a one-line remedy where PyTorch or its BLAS is missing. `Extra`: what the first line holds besides versions. */
export async function startTorch<Extra = unknown>(
  program: TorchProgram,
  args: readonly string[],
): Promise<Torch<Extra>> {
  try {
    const [child, greeting] = await LineProcess.start<Greeting & Extra>(PYTHON, [programFolder + program, ...args]);
    const blas = basename(dirname(greeting.blas));
    return { child, blas, about: `PyTorch ${greeting.version} on ${blas}`, greeting };
  } catch (error) {
    throw withRemedy(error);
  }
}

function withRemedy(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  const blas = /no BLAS at (\w+)-openmp/.exec(message)?.[1];
  const explain = (text: string): Error => new Error(text, { cause: error });
  if (/ENOENT|No module named/.test(message))
    return explain(`PyTorch is not installed and left out; get it with \`${INSTALL} python3-torch libblis4-openmp\``);
  if (blas !== undefined)
    return explain(`PyTorch on ${blas} is left out; get that library with \`${INSTALL} ${PACKAGE_OF[blas]}\``);
  return explain(`PyTorch does not start: ${message}`);
}
