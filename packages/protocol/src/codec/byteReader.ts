/** Reads a byte string from its start to its end; never beyond. Integers are little-endian. */
import { Malformed } from "./malformed.ts";

const MOST_LENGTH = 0xffff_ffff;

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get remainingBytes(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    return this.#bytes[this.#advance(1)]!;
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  /** @throws {Malformed} when a shorter form of the same number exists, or it is 2^32 or more. */
  uleb128(): number {
    let value = 0;
    for (let place = 1; place < MOST_LENGTH; place *= 128) {
      const byte = this.u8();
      value += (byte & 0x7f) * place;
      if (byte < 0x80) {
        if (byte === 0 && place > 1) throw new Malformed("a length is not written in its shortest form");
        if (value > MOST_LENGTH) break;
        return value;
      }
    }
    throw new Malformed("a length does not fit 32 bits");
  }

  /** A copy of the next `length` bytes. */
  raw(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length);
  }

  #advance(bytes: number): number {
    const start = this.#offset;
    if (bytes > this.#bytes.length - start) throw new Malformed("ends too early");
    this.#offset = start + bytes;
    return start;
  }
}
