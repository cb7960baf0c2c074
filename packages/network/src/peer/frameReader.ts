/**
 * Frames of a stream: four bytes of length, little-endian, and so many bytes. The length is compared with the limit before
 * anything is allocated, and memory grows with what has come, not with what was announced. Spec: spec/network.md#N2.
 */
import type { ByteStream } from "../transport.ts";
import { PeerFault } from "./peerFault.ts";

export const FRAME_HEADER_BYTES = 4;
/** Allocated at once for what is announced; a chunk of a blob fits. */
const FIRST_CAPACITY_BYTES = 1_048_576 + 64;

export class FrameReader {
  readonly #stream: ByteStream;
  readonly #onBytes: (bytes: number) => void;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(stream: ByteStream, onBytes: (bytes: number) => void) {
    this.#stream = stream;
    this.#onBytes = onBytes;
  }

  /** Undefined where the stream ends before a frame. Throws PeerFault, and what the stream throws. */
  async frame(mostBytes: number): Promise<Uint8Array | undefined> {
    const header = await this.#exactly(FRAME_HEADER_BYTES, true);
    if (header === undefined) return undefined;
    const length = new DataView(header.buffer, header.byteOffset).getUint32(0, true);
    if (length > mostBytes) {
      throw new PeerFault(
        "oversize",
        `a frame of ${length} bytes was announced, at most ${mostBytes} are allowed here`,
      );
    }
    return this.#exactly(length, false);
  }

  /** Waits for the end of the stream. Throws PeerFault `unsolicited` where something more comes. */
  async end(): Promise<void> {
    while (this.#rest.length === 0) {
      if (!(await this.#more())) return;
    }
    throw new PeerFault("unsolicited", "bytes that nobody asked for follow the last frame");
  }

  async #exactly(length: number, mayEnd: boolean): Promise<Uint8Array | undefined> {
    let bytes = new Uint8Array(Math.min(length, FIRST_CAPACITY_BYTES));
    let filled = 0;
    while (filled < length) {
      if (this.#rest.length === 0) {
        if (await this.#more()) continue;
        if (mayEnd && filled === 0) return undefined;
        throw new PeerFault("malformed", `the stream ends ${length - filled} bytes before its frame does`);
      }
      const piece = this.#rest.subarray(0, length - filled);
      if (filled + piece.length > bytes.length) bytes = grown(bytes, filled + piece.length, length);
      bytes.set(piece, filled);
      filled += piece.length;
      this.#rest = this.#rest.subarray(piece.length);
    }
    return bytes;
  }

  /** False at the end of the stream. */
  async #more(): Promise<boolean> {
    const part = await this.#stream.read();
    if (part === undefined) return false;
    this.#onBytes(part.length);
    this.#rest = part;
    return true;
  }
}

function grown(bytes: Uint8Array, needed: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(most, Math.max(needed, 2 * bytes.length)));
  larger.set(bytes);
  return larger;
}
