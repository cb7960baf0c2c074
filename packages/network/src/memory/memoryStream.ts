/** One end of a simulated stream. What was written and is not yet read at the other end is bounded: writers wait. */
import { NetworkError } from "../networkError.ts";
import type { ByteStream } from "../transport.ts";

/** Sends so many bytes to the other end, where it then happens. */
export type Carry = (bytes: number, arrive: () => void) => void;

/** Bytes that may be on their way or unread before a writer has to wait. */
export const MEMORY_STREAM_WINDOW_BYTES = 1 << 20;

export class MemoryStream implements ByteStream {
  readonly #carry: Carry;
  readonly #onEnded: (stream: MemoryStream) => void;
  readonly #opened = Promise.withResolvers<void>();
  #other: MemoryStream | undefined;
  #failure: Error | undefined;
  readonly #unread: Uint8Array[] = [];
  #hasEnded = false;
  #isWriteClosed = false;
  #outstandingBytes = 0;
  #wakeReader: (() => void) | undefined;
  #wakeWriters: (() => void)[] = [];

  constructor(carry: Carry, onEnded: (stream: MemoryStream) => void) {
    this.#carry = carry;
    this.#onEnded = onEnded;
    this.#opened.promise.catch(() => {});
  }

  static join(a: MemoryStream, b: MemoryStream): void {
    a.#other = b;
    b.#other = a;
  }

  /** Resolves when the other side has taken the stream. */
  opened(): Promise<void> {
    return this.#opened.promise;
  }

  confirm(): void {
    this.#opened.resolve();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isWriteClosed) throw new Error("internal: written to a stream after it was closed for writing");
    if (bytes.length === 0) return;
    const other = this.#peer();
    const copy = bytes.slice();
    this.#outstandingBytes += copy.length;
    this.#carry(copy.length, () => other.#receive(copy));
    while (this.#outstandingBytes > MEMORY_STREAM_WINDOW_BYTES && this.#failure === undefined) {
      await new Promise<void>((resolve) => this.#wakeWriters.push(resolve));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const bytes = this.#unread.shift();
      if (bytes !== undefined) {
        this.#peer().#returnCredit(bytes.length);
        return bytes;
      }
      if (this.#hasEnded) return undefined;
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
    }
  }

  async closeWrite(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isWriteClosed) return;
    this.#isWriteClosed = true;
    const other = this.#peer();
    this.#carry(0, () => other.#receiveEnd());
    this.#leaveWhenDone();
  }

  abort(reason: Error): void {
    if (this.#failure !== undefined || (this.#isWriteClosed && this.#hasEnded)) return;
    const other = this.#peer();
    this.#carry(0, () => other.fail(new NetworkError("UNREACHABLE", "the other side ended the stream")));
    this.fail(reason);
  }

  /** Ends this end only. */
  fail(reason: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = reason;
    this.#unread.length = 0;
    this.#opened.reject(reason);
    this.#wake();
    this.#onEnded(this);
  }

  #peer(): MemoryStream {
    if (this.#other === undefined) throw new Error("internal: a stream with one end");
    return this.#other;
  }

  #receive(bytes: Uint8Array): void {
    if (this.#failure !== undefined) return;
    this.#unread.push(bytes);
    this.#wakeReader?.();
  }

  #receiveEnd(): void {
    this.#hasEnded = true;
    this.#wakeReader?.();
    this.#leaveWhenDone();
  }

  #returnCredit(bytes: number): void {
    this.#outstandingBytes -= bytes;
    if (this.#outstandingBytes <= MEMORY_STREAM_WINDOW_BYTES) this.#wake();
  }

  #leaveWhenDone(): void {
    if (this.#isWriteClosed && this.#hasEnded) this.#onEnded(this);
  }

  #wake(): void {
    this.#wakeReader?.();
    const writers = this.#wakeWriters;
    this.#wakeWriters = [];
    for (const wake of writers) wake();
  }
}
