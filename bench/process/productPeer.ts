/** Other engines' plain products as contenders: peers/products.mjs, with one line of help where they are not installed. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LineProcess } from "./lineProcess.ts";

const PROGRAM = fileURLToPath(new URL("../peers/products.mjs", import.meta.url));
const MODULES = new URL("../peers/node_modules", import.meta.url);

export interface ProductPeer {
  readonly name: "tfjs-wasm" | "jax-js" | "onnxruntime";
  readonly threads: number;
}

export interface StartedPeer {
  readonly child: LineProcess;
  readonly about: string;
}

/** Throws a one-line remedy where the peers are not installed. */
export async function startProductPeer(peer: ProductPeer): Promise<StartedPeer> {
  const remedy =
    "tfjs-wasm, jax-js and onnxruntime are not installed and left out; get them with `npm ci --prefix bench/peers`";
  if (!existsSync(MODULES)) throw new Error(remedy);
  const args = [PROGRAM, "--peer", peer.name, "--threads", String(peer.threads)];
  const [started, { version }] = await LineProcess.start<{ readonly version: string }>(process.execPath, args);
  return { child: started, about: `${peer.name} ${version}` };
}
