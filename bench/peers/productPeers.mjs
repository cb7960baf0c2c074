/**
 * The engines whose plain float32 matrix products are timed. Each opens with a thread count and gives
 * `prepare(shape, a, b)` for row-major a [m, k] and b [k, n], which gives
 * `run()` (one product, complete when it resolves), `result()` (the last product) and `dispose()`.
 */

import { createRequire } from "node:module";
import { installBrowserWorker } from "./browserWorker.mjs";
import { encodeMatMulModel } from "./onnxMatMul.mjs";

const require = createRequire(import.meta.url);

export const PEERS = { "tfjs-wasm": openTfjs, "jax-js": openJaxJs, onnxruntime: openOnnxruntime };

async function openTfjs(threads) {
  if (threads !== 1) {
    throw new Error("tfjs-wasm switches its threads off under Node (tensorflow/tfjs issue 3830): use --threads 1");
  }
  const tf = require("@tensorflow/tfjs-core");
  require("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend("wasm");
  const prepare = ([m, k, n], a, b) => {
    const left = tf.tensor2d(a, [m, k]);
    const right = tf.tensor2d(b, [k, n]);
    let product;
    return {
      run() {
        product?.dispose();
        product = tf.matMul(left, right);
      },
      result: () => product.dataSync(),
      dispose: () => tf.dispose([left, right, product]),
    };
  };
  return { version: tf.version_core, prepare };
}

async function openJaxJs(threads) {
  if (threads > 1) installBrowserWorker(threads);
  const jax = await import("@jax-js/jax");
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  const matmul = jax.jit((x, y) => jax.numpy.matmul(x, y));
  const prepare = ([m, k, n], a, b) => {
    const left = jax.numpy.array(a).reshape([m, k]);
    const right = jax.numpy.array(b).reshape([k, n]);
    let product;
    return {
      async run() {
        product?.dispose();
        product = await jax.blockUntilReady(matmul(left.ref, right.ref));
      },
      result: () => product.ref.data(),
      dispose() {
        for (const array of [left, right, product]) array.dispose();
      },
    };
  };
  return { version: require("./package.json").dependencies["@jax-js/jax"], prepare };
}

async function openOnnxruntime(threads) {
  const { InferenceSession, Tensor, env } = require("onnxruntime-node");
  const prepare = async (shape, a, b) => {
    const [m, k, n] = shape;
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: "sequential" };
    const session = await InferenceSession.create(encodeMatMulModel(shape), options);
    const feeds = { a: new Tensor("float32", a, [m, k]), b: new Tensor("float32", b, [k, n]) };
    let product;
    return {
      async run() {
        product = (await session.run(feeds)).c;
      },
      result: () => product.data,
      dispose: () => session.release(),
    };
  };
  return { version: env.versions.node, prepare };
}
