/**
 * A browser's `Worker` on node:worker_threads, as much of it as jax-js uses. Node has SharedArrayBuffer but no global
 * Worker, and jax-js then stays on one thread without saying so; with this it makes its thread pool.
 */

import { Worker as NodeWorker } from "node:worker_threads";

const PRELUDE = `
const { parentPort } = require("node:worker_threads");
globalThis.self = globalThis;
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on("message", (data) => self.onmessage({ data }));
`;

/** Defines `Worker` and a `navigator` that reports `threads` cores; blob URLs only. Call before loading the library. */
export function installBrowserWorker(threads) {
  globalThis.Worker = BrowserWorker;
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: { hardwareConcurrency: threads, userAgent: "node" },
  });
}

class BrowserWorker {
  #ready;

  constructor(url) {
    this.#ready = readBlob(url).then((source) => {
      const worker = new NodeWorker(PRELUDE + source, { eval: true });
      worker.on("message", (data) => this.onmessage?.({ data }));
      worker.on("error", (error) => this.onerror?.({ message: error.message }));
      return worker;
    });
  }

  postMessage(message) {
    this.#ready.then((worker) => worker.postMessage(message));
  }

  terminate() {
    this.#ready.then((worker) => worker.terminate());
  }
}

async function readBlob(url) {
  const response = await fetch(url);
  return response.text();
}
