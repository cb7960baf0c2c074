/**
 * Times plain float32 matrix products of other engines, for bench/. Set up with `npm ci` in this folder; Node 24.
 *
 *     node products.mjs --peer tfjs-wasm|jax-js|onnxruntime --threads 1
 *
 * One JSON object per line: first a greeting, then an answer to each request read from stdin, so that the caller can
 * interleave rounds. Request: {"shape": [m, k, n], "repeats": 20}. Answer: {"milliseconds": [...], "gigaflops": [...]}.
 * Inputs are on the engine's side before the clock starts; each result is checked against float64 sums, so an engine
 * that does not do the work fails instead of winning. A bad request is answered with {"error"}.
 */

import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { PEERS } from "./productPeers.mjs";

const WARM_UP_PRODUCTS = 3;
const CHECKED_ELEMENTS = 64;
const LARGEST_ERROR = 1e-3;

const { values: options } = parseArgs({ options: { peer: { type: "string" }, threads: { type: "string" } } });
await main();

async function main() {
  const threads = Number(options.threads ?? "1");
  const open = PEERS[options.peer];
  if (open === undefined || !Number.isInteger(threads) || threads < 1) {
    console.error(`usage: node products.mjs --peer ${Object.keys(PEERS).join("|")} --threads 1|2`);
    process.exit(2);
  }
  const peer = await open(threads).catch((error) => {
    console.error(`${options.peer} does not start: ${error.message}`);
    process.exit(1);
  });
  send({ peer: options.peer, version: peer.version, threads });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    try {
      send(await answer(peer, JSON.parse(line)));
    } catch (error) {
      send({ error: error.message });
    }
  }
  // A library's thread pool may keep the process alive; there is nothing left to wait for.
  process.exit(0);
}

async function answer(peer, { shape, repeats }) {
  if (!isShape(shape) || !Number.isInteger(repeats) || repeats < 1) {
    throw new Error('expected {"shape": [m, k, n], "repeats": n} with whole numbers from 1 up');
  }
  const [m, k, n] = shape;
  const a = uniform(m * k, 1);
  const b = uniform(k * n, 2);
  const product = await peer.prepare(shape, a, b);
  for (let i = 0; i < WARM_UP_PRODUCTS; i++) await product.run();
  const milliseconds = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await product.run();
    milliseconds.push(performance.now() - start);
  }
  const largestError = compare(shape, a, b, await product.result());
  await product.dispose();
  if (!(largestError <= LARGEST_ERROR)) throw new Error(`wrong product: off by ${largestError}`);
  const gigaflops = milliseconds.map((elapsed) => (2 * m * k * n) / elapsed / 1e6);
  return { shape, milliseconds, gigaflops, largestError };
}

function isShape(shape) {
  return Array.isArray(shape) && shape.length === 3 && shape.every((size) => Number.isInteger(size) && size > 0);
}

/** `count` numbers in [-1, 1), the same in every run. */
function uniform(count, seed) {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Largest deviation from float64 sums over elements spread through the result. */
function compare([m, k, n], a, b, result) {
  let largest = 0;
  for (let sample = 0; sample < CHECKED_ELEMENTS; sample++) {
    const index = Math.floor(((m * n - 1) * sample) / (CHECKED_ELEMENTS - 1));
    const row = Math.floor(index / n);
    const column = index % n;
    let sum = 0;
    for (let i = 0; i < k; i++) sum += a[row * k + i] * b[i * n + column];
    largest = Math.max(largest, Math.abs(sum - result[index]));
    if (Number.isNaN(result[index]) || result.length !== m * n) return Number.NaN;
  }
  return largest;
}

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
