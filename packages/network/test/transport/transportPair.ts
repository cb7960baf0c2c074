/** Two nodes to try a transport on, and what a bench has to offer for it. */
import type { DeviceKey } from "@neuroshard/protocol";
import { expect } from "vitest";
import type { ByteStream, Transport } from "../../src/transport.ts";

export interface TransportBench {
  /** A node that nobody knows yet; each one has a key of its own. */
  open(): Promise<Transport>;
  /** A device that was never there. */
  readonly stranger: DeviceKey;
  /** An address of the right form where nobody listens. */
  readonly emptyAddress: string;
  /** Lets time pass until the promise is settled. */
  settle<T>(promise: Promise<T>): Promise<T>;
  /** Lets time pass until it is so. */
  until(isSo: () => boolean): Promise<void>;
  /** Time for whatever can happen to happen. */
  rest(): Promise<void>;
  /** What a writer can be ahead of a reader that does not read. */
  readonly mostAheadBytes: number;
  stop(): Promise<void>;
}

type StreamHandler = (stream: ByteStream, from: DeviceKey) => void;

export interface TransportPair {
  readonly bench: TransportBench;
  readonly near: Transport;
  readonly far: Transport;
  connect(from: Transport, to: Transport): Promise<void>;
  /** From near to far, where it is handled so. */
  openStream(handler: StreamHandler, purpose?: "small" | "bulk"): Promise<ByteStream>;
}

/** Not connected yet. */
export async function openPair(bench: TransportBench): Promise<TransportPair> {
  const [near, far] = await Promise.all([bench.open(), bench.open()]);
  return {
    bench,
    near,
    far,
    async connect(from, to) {
      expect(await bench.settle(from.dial(to.addresses[0]!))).toBe(to.device);
      await bench.until(() => to.connected().includes(from.device));
    },
    async openStream(handler, purpose = "small") {
      far.handleStreams("/test/1", handler);
      return await bench.settle(near.openStream(far.device, "/test/1", purpose));
    },
  };
}

export function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "end" : new TextDecoder().decode(bytes);
}

export function bytesOf(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

export async function readAll(stream: ByteStream): Promise<number> {
  let bytes = 0;
  for (let part = await stream.read(); part !== undefined; part = await stream.read()) bytes += part.length;
  return bytes;
}

/** A promise, and the handler of streams that settles it with what it returns. */
export function answerOf<T>(handle: (stream: ByteStream, from: DeviceKey) => Promise<T>) {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  // Awaited later, or not at all.
  promise.catch(() => {});
  return { promise, handler: (stream: ByteStream, from: DeviceKey) => void handle(stream, from).then(resolve, reject) };
}
