/**
 * Writes large blobs on a thread of its own: the thread that computes copies them, goes on, and asks for their names later.
 * Made for a thread that does not come back to its event loop: it can be asked, and answers, without one.
 */
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Digest } from "@neuroshard/protocol";
import { errorOf } from "../rounds/threadMessages.ts";
import type { WriterAnswer, WriterRequest, WriterSetup } from "./writerThread.ts";

export interface WrittenBlob {
  readonly digest: Digest;
  readonly bytes: number;
}

/** The thread has died if it takes longer. */
const MOST_WAIT_MS = 300_000;

export class BlobWriter {
  readonly #thread: Worker;
  readonly #port: MessageChannel["port1"];
  /** Number of answers that have been given. */
  readonly #answered = new Int32Array(new SharedArrayBuffer(4));
  /** Those that nobody has asked for yet, by number. */
  readonly #answers = new Map<number, WriterAnswer>();
  #asked = 0;
  #received = 0;
  /** Buffers that nobody writes from: to be used again, since memory that is new is slow. */
  readonly #idle: SharedArrayBuffer[] = [];

  constructor(folder: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData: WriterSetup = { folder, port: port2, answered: this.#answered.buffer as SharedArrayBuffer };
    const url = new URL("./writerThread.ts", import.meta.url);
    this.#thread = new Worker(url, { workerData, transferList: [port2] });
    this.#thread.unref();
    port1.unref();
  }

  /** Copies the parts and begins to write them. What it returns waits for the end. Throws NodeError NO_ROOM, DataError CANNOT_WRITE. */
  write(parts: readonly Uint8Array[]): () => WrittenBlob {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const buffer = this.#take(length);
    let at = 0;
    for (const part of parts) {
      new Uint8Array(buffer, at, part.length).set(part);
      at += part.length;
    }
    const request: WriterRequest = { buffer, length };
    this.#thread.postMessage(request);
    const number = this.#asked++;
    return () => {
      const answer = this.#await(number);
      this.#idle.push(buffer);
      if (answer.kind === "failed") throw errorOf(answer.failure);
      return { digest: answer.digest, bytes: length };
    };
  }

  async close(): Promise<void> {
    this.#port.close();
    await this.#thread.terminate();
  }

  /** The smallest that is large enough. */
  #take(length: number): SharedArrayBuffer {
    const fitting = this.#idle.filter(({ byteLength }) => byteLength >= length);
    fitting.sort((a, b) => a.byteLength - b.byteLength);
    const [chosen] = fitting;
    if (chosen === undefined) return new SharedArrayBuffer(length);
    this.#idle.splice(this.#idle.indexOf(chosen), 1);
    return chosen;
  }

  #await(number: number): WriterAnswer {
    for (;;) {
      this.#receive();
      const answer = this.#answers.get(number);
      if (answer !== undefined) {
        this.#answers.delete(number);
        return answer;
      }
      if (Atomics.wait(this.#answered, 0, this.#received, MOST_WAIT_MS) === "timed-out") {
        throw new Error("internal: the thread that writes blobs does not answer");
      }
    }
  }

  #receive(): void {
    for (;;) {
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) return;
      this.#answers.set(this.#received++, received.message as WriterAnswer);
    }
  }
}
