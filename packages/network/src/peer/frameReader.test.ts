import fc from "fast-check";
import { expect, test } from "vitest";
import type { ByteStream } from "../transport.ts";
import { FrameReader } from "./frameReader.ts";
import type { PeerFault } from "./peerFault.ts";
import { writeFrame } from "./writeFrame.ts";

/** A stream from which these parts come, one at a read. */
function streamOf(parts: readonly Uint8Array[]): ByteStream {
  let next = 0;
  return {
    read: async () => parts[next++],
    write: async () => undefined,
    closeWrite: async () => undefined,
    abort: () => undefined,
  };
}

const readerOf = (...parts: readonly Uint8Array[]) => new FrameReader(streamOf(parts), () => undefined);

/** What a writer puts on the wire. */
async function wireOf(frames: readonly (readonly Uint8Array[])[]): Promise<Uint8Array> {
  const written: number[] = [];
  const stream = {
    ...streamOf([]),
    write: async (piece: Uint8Array) => {
      for (const byte of piece) written.push(byte);
    },
  };
  for (const parts of frames) await writeFrame(stream, parts, () => undefined);
  return Uint8Array.from(written);
}

const offenceOf = (reading: Promise<unknown>) =>
  reading.then(
    () => "none",
    (fault: PeerFault) => fault.offence,
  );

test("frames come out as they went in, however the wire cuts them", async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const cuts = fc.array(fc.nat(70), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(bytes, { maxLength: 3 }), { maxLength: 5 }), cuts, async (frames, steps) => {
      const wire = await wireOf(frames);
      const parts: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < wire.length; turn++) {
        // A step of nothing is a part without bytes.
        const step = steps[turn % steps.length]! + (turn % 7 === 0 ? 1 : 0);
        parts.push(wire.subarray(at, at + step));
        at += step;
      }
      const reader = readerOf(...parts);
      for (const frame of frames)
        expect(await reader.frame(900)).toEqual(Uint8Array.from(frame.flatMap((part) => [...part])));
      expect(await reader.frame(900)).toBeUndefined();
    }),
    { seed: 20_261_125, numRuns: 300 },
  );
});

test("a large frame goes out in writes of at most a megabyte", async () => {
  const sizes: number[] = [];
  const stream = { ...streamOf([]), write: async ({ length }: Uint8Array) => void sizes.push(length) };
  await writeFrame(stream, [Uint8Array.of(1), new Uint8Array(2_500_000)], () => undefined);
  expect(sizes).toEqual([5, 1_048_576, 1_048_576, 402_848]);
});

test("a length beyond the limit is refused before the bytes are there", async () => {
  expect(await offenceOf(readerOf(Uint8Array.of(0xff, 0xff, 0xff, 0xff)).frame(1000))).toBe("oversize");
  expect(await offenceOf(readerOf(Uint8Array.of(0xe9, 3, 0, 0)).frame(1000))).toBe("oversize");
});

test("memory follows what came, not what was announced", async () => {
  const announced = Uint8Array.of(0, 0, 0, 4);
  let read = 0;
  const stream = { ...streamOf([]), read: async () => [announced, new Uint8Array(10)][read++] };
  const before = process.memoryUsage().arrayBuffers;
  expect(await offenceOf(new FrameReader(stream, () => undefined).frame(68_000_000))).toBe("malformed");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
});

test("a stream that ends within a frame, or within its length, is malformed", async () => {
  expect(await offenceOf(readerOf(Uint8Array.of(3, 0, 0, 0, 1, 2)).frame(10))).toBe("malformed");
  expect(await offenceOf(readerOf(Uint8Array.of(3, 0)).frame(10))).toBe("malformed");
});

test("bytes after the last frame are unsolicited", async () => {
  const reader = readerOf(Uint8Array.of(1, 0, 0, 0, 9, 7));
  expect(await reader.frame(10)).toEqual(Uint8Array.of(9));
  expect(await offenceOf(reader.end())).toBe("unsolicited");
  expect(await offenceOf(readerOf().end())).toBe("none");
});
