/** Entry of the thread that writes blobs for another one. Started by blobWriter. */
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { blobDigest, type Digest } from "@neuroshard/protocol";
import { failureOf, type ThreadFailure } from "../rounds/threadMessages.ts";
import { BlobFiles } from "./blobFiles.ts";
import { nodeHash } from "./nodeHash.ts";

export interface WriterSetup {
  readonly folder: string;
  readonly port: MessagePort;
  /** An int32: counts the answers, and wakes whoever waits for one. */
  readonly answered: SharedArrayBuffer;
}

export interface WriterRequest {
  readonly buffer: SharedArrayBuffer;
  readonly length: number;
}

/** In the order of the requests. */
export type WriterAnswer =
  | { readonly kind: "written"; readonly digest: Digest }
  | { readonly kind: "failed"; readonly failure: Exclude<ThreadFailure, { readonly kind: "aborted" }> };

const { folder, port, answered } = workerData as WriterSetup;
const files = new BlobFiles(folder);
const count = new Int32Array(answered);

function write({ buffer, length }: WriterRequest): WriterAnswer {
  try {
    const bytes = new Uint8Array(buffer, 0, length);
    const digest = blobDigest(bytes, nodeHash);
    files.write(digest, bytes);
    return { kind: "written", digest };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === "aborted") throw error;
    return { kind: "failed", failure };
  }
}

parentPort!.on("message", (request: WriterRequest) => {
  port.postMessage(write(request));
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
});
