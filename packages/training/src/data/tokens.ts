/**
 * Token ids in memory and in shard files. A shard file is nothing but ids, little-endian, 2 bytes each when the vocabulary
 * has at most 65,536 entries and 4 bytes otherwise; what they mean stands in the manifest.
 */

export type TokenArray = Uint16Array | Uint32Array;
export type TokenBytes = 2 | 4;

/** Bytes per token id for a vocabulary of this size. */
export function tokenBytesFor(vocabularySize: number): TokenBytes {
  return vocabularySize <= 0x10000 ? 2 : 4;
}

/** A zeroed array for `length` ids. */
export function makeTokenArray(length: number, tokenBytes: TokenBytes): TokenArray {
  return tokenBytes === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

/** The little-endian bytes of a shard. */
export function tokensToBytes(tokens: TokenArray): Uint8Array<ArrayBuffer> {
  const { BYTES_PER_ELEMENT: width, length } = tokens;
  const bytes = new Uint8Array(length * width);
  for (let i = 0, at = 0; i < length; i++, at += width) {
    const id = tokens[i] as number;
    bytes[at] = id;
    bytes[at + 1] = id >>> 8;
    if (width === 4) {
      bytes[at + 2] = id >>> 16;
      bytes[at + 3] = id >>> 24;
    }
  }
  return bytes;
}

/** Reads a shard's bytes into `target` from element `start`. The byte count must be a multiple of the target's element size. */
export function bytesToTokens(bytes: Uint8Array, target: TokenArray, start: number): void {
  const width = target.BYTES_PER_ELEMENT;
  const count = bytes.length / width;
  if (!Number.isInteger(count) || start + count > target.length) {
    throw new RangeError(`${bytes.length} bytes do not fit ${target.length - start} tokens of ${width} bytes`);
  }
  for (let i = 0, at = 0; i < count; i++, at += width) {
    const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    const high = width === 4 ? (bytes[at + 2] as number) | ((bytes[at + 3] as number) << 8) : 0;
    target[start + i] = low + high * 0x10000;
  }
}
