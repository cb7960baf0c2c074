/** Writes a frame, and waits for each piece to be taken: nothing piles up behind a slow peer. Spec: spec/network.md#N2. */
import type { ByteStream } from "../transport.ts";
import { FRAME_HEADER_BYTES } from "./frameReader.ts";

/** Larger writes gain nothing, smaller ones cost a third of the speed. */
const WRITE_BYTES = 1_048_576;
/** Up to here copying costs less than a write of its own. */
const COPIED_BYTES = 16_384;

/** @param parts Written one after the other as one frame. */
export async function writeFrame(
  stream: ByteStream,
  parts: readonly Uint8Array[],
  onBytes: (bytes: number) => void,
): Promise<void> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const header = new Uint8Array(FRAME_HEADER_BYTES);
  new DataView(header.buffer).setUint32(0, length, true);
  for (const piece of piecesOf([header, ...parts])) {
    await stream.write(piece);
    onBytes(piece.length);
  }
}

/** Small parts that follow each other as one piece, large ones in pieces. */
function* piecesOf(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  let small: Uint8Array[] = [];
  for (const part of parts) {
    if (part.length <= COPIED_BYTES) {
      small.push(part);
      continue;
    }
    if (small.length > 0) yield joined(small);
    small = [];
    for (let start = 0; start < part.length; start += WRITE_BYTES) yield part.subarray(start, start + WRITE_BYTES);
  }
  if (small.length > 0) yield joined(small);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
