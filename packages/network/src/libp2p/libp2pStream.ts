/**
 * A libp2p stream with back-pressure in both directions. Writers wait for every drain themselves, as the library's own
 * `onDrain` waits only once; readers pause the stream when they fall behind, as its iterator never does.
 */
import type { Stream, StreamMessageEvent } from "@libp2p/interface";
import { NetworkError } from "../networkError.ts";
import type { ByteStream } from "../transport.ts";
import { LIBP2P_LIMITS } from "./libp2pLimits.ts";
import type { TurnShare } from "./turnShare.ts";

/** In the mean of a message. */
const LEAST_PART_BYTES = 4096;
/** Goes out at once, whatever larger writes are waiting for their turn. */
const SMALL_BYTES = 16_384;

export class Libp2pStream implements ByteStream {
  readonly #stream: Stream;
  readonly #writeShare: TurnShare;
  readonly #arrived: Uint8Array[] = [];
  #unreadBytes = 0;
  #hasEnded = false;
  /** The other side has said all it wanted to; a connection that is lost ends streams as well. */
  #isRemoteDone: boolean;
  #failure: Error | undefined;
  #wakeReader: (() => void) | undefined;

  constructor(stream: Stream, writeShare: TurnShare) {
    this.#stream = stream;
    this.#writeShare = writeShare;
    stream.addEventListener("message", ({ data }) => {
      for (const part of partsOf(data)) this.#take(part);
    });
    stream.addEventListener("remoteCloseWrite", () => {
      this.#isRemoteDone = true;
      if (stream.readBufferLength === 0) this.#end();
    });
    stream.addEventListener("end", () => this.#end());
    stream.addEventListener("close", ({ error }) => {
      this.#failure ??= error;
      this.#end();
    });
    // What happened before anybody listened is not told again; what came before it is, in a microtask.
    this.#isRemoteDone = stream.remoteWriteStatus === "closed" && stream.status !== "reset";
    setTimeout(() => this.#noticeEnd(), 0);
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (bytes.length <= SMALL_BYTES) return await this.#writePiece(bytes);
    const { writePieceBytes } = LIBP2P_LIMITS;
    for (let start = 0; start < bytes.length; start += writePieceBytes) {
      const piece = bytes.subarray(start, start + writePieceBytes);
      await this.#writeShare.take(piece.length);
      await this.#writePiece(piece);
    }
  }

  async #writePiece(bytes: Uint8Array): Promise<void> {
    const stream = this.#stream;
    if (stream.writeStatus !== "writable") throw this.#closed();
    try {
      if (stream.send(bytes)) return;
    } catch (error) {
      throw this.#closed(error);
    }
    while (stream.writableNeedsDrain && stream.writeStatus === "writable") await nextOf(stream, "drain", "close");
    if (stream.status !== "open") throw this.#closed();
  }

  async read(): Promise<Uint8Array | undefined> {
    while (this.#arrived.length === 0) {
      if (this.#failure !== undefined) throw this.#closed(this.#failure);
      if (this.#hasEnded && !this.#isRemoteDone) throw this.#closed();
      if (this.#hasEnded) return undefined;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wakeReader = resolve;
      await promise;
    }
    const bytes = this.#arrived.shift()!;
    this.#unreadBytes -= bytes.length;
    if (this.#unreadBytes <= LIBP2P_LIMITS.pauseAboveBytes && this.#stream.readStatus === "paused") {
      this.#stream.resume();
    }
    return bytes;
  }

  async closeWrite(): Promise<void> {
    try {
      await this.#stream.close({ signal: AbortSignal.timeout(LIBP2P_LIMITS.openStreamMs) });
    } catch (error) {
      throw this.#closed(error);
    }
  }

  abort(reason: Error): void {
    this.#stream.abort(reason);
  }

  #noticeEnd(): void {
    const { status, remoteWriteStatus, readBufferLength } = this.#stream;
    if (status === "reset" || status === "aborted") this.#failure ??= new Error("the other side ended the stream");
    if (status !== "open" || (remoteWriteStatus === "closed" && readBufferLength === 0)) this.#end();
  }

  #take(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#arrived.push(bytes);
    this.#unreadBytes += bytes.length;
    if (this.#unreadBytes > LIBP2P_LIMITS.pauseAboveBytes && this.#stream.readStatus === "readable") {
      this.#stream.pause();
    }
    this.#wake();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  #wake(): void {
    this.#wakeReader?.();
    this.#wakeReader = undefined;
  }

  #closed(cause?: unknown): NetworkError {
    const options = cause === undefined ? {} : { cause };
    return new NetworkError("UNREACHABLE", "the stream has ended; ask again, or ask another peer", options);
  }
}

/** Large parts as they are: joining them costs the receiver of a blob a twentieth of its time. Small ones would pile up. */
function partsOf(data: StreamMessageEvent["data"]): readonly Uint8Array[] {
  if (data instanceof Uint8Array) return [data];
  const parts = [...data];
  return data.byteLength >= LEAST_PART_BYTES * parts.length ? parts : [data.subarray()];
}

type StreamEvent = "drain" | "close";

async function nextOf(stream: Stream, ...names: readonly StreamEvent[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const happened = (): void => resolve();
  for (const name of names) stream.addEventListener(name, happened);
  await promise;
  for (const name of names) stream.removeEventListener(name, happened);
}
