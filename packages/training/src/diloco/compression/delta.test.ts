import { describe, expect, test } from "vitest";
import { createRandom } from "../../../test/diloco/testRows.ts";
import { compressDelta, pseudoGradient } from "./compressDelta.ts";
import { CHUNK_VALUES, type Compression, checkDelta, deltaBytesOf, readDelta } from "./delta.ts";

const codecs = ["int8", "int4", "top-k"] as const satisfies readonly Compression[];
const LARGEST = (2 - 2 ** -23) * 2 ** 127;
const SMALLEST = 2 ** -149;
const HEADER_BYTES = 16;
/** Whole chunks, and ends of blocks that are short in every codec. */
const LENGTHS = [1, 2, 63, 64, 65, 1023, 1025, CHUNK_VALUES, CHUNK_VALUES + 1, 2 * CHUNK_VALUES + 77];

function read(bytes: Uint8Array, compression: Compression, values: number): Float32Array {
  const all = new Float32Array(values);
  for (let from = 0; from < values; from += CHUNK_VALUES) {
    readDelta(bytes, compression, from, all.subarray(from, from + CHUNK_VALUES));
  }
  return all;
}

function compressed(compression: Compression, base: Float32Array, residual?: Float32Array) {
  return compressDelta({ base, end: new Float32Array(base.length), residual, compression });
}

/** Magnitudes over the whole range of float32. */
function wildValues(seed: number, length: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random() * 2 ** Math.floor(120 * random()));
}

const tricky: Readonly<Record<string, Float32Array>> = {
  "the largest float32": Float32Array.of(LARGEST, -LARGEST, 1, 0, LARGEST / 254),
  "the smallest float32": Float32Array.of(SMALLEST, -SMALLEST, 0),
  "sizes whose scale rounds by half": Float32Array.from({ length: 900 }, (_, i) => SMALLEST * i),
  "ties between levels": Float32Array.from({ length: 600 }, (_, i) => (i - 300) / 2),
  "equal magnitudes": Float32Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? 3 : -3)),
};

describe.each(codecs)("%s", (codec) => {
  test.each(LENGTHS)("what is sent and what is left over make exactly what there was, %i values", (length) => {
    const random = createRandom(length);
    const normal = Float32Array.from({ length }, () => random() * random() * 1e-3);
    for (const base of [normal, wildValues(length, length)]) {
      const { bytes, residual } = compressed(codec, base);
      const sent = read(bytes, codec, length);
      for (let i = 0; i < length; i++) expect(sent[i]! + residual[i]!).toBe(base[i]);
      expect(checkDelta(bytes, codec, length)).toBeNull();
    }
  });

  test.each(Object.entries(tricky))("sends %s without fault and without loss", (_, base) => {
    const { bytes, residual } = compressed(codec, base);
    const sent = read(bytes, codec, base.length);
    for (let i = 0; i < base.length; i++) expect(sent[i]! + residual[i]!).toBe(base[i]! + 0);
    expect(checkDelta(bytes, codec, base.length)).toBe(sent.every((value) => value === 0) ? "zero" : null);
  });

  test("over rounds the sums of what was wanted and of what was sent differ by the residual", () => {
    const random = createRandom(3);
    const length = 5000;
    let residual: Float32Array | undefined;
    const owed = new Float64Array(length);
    const decay = codec === "top-k" ? Math.fround(0.95) : 1;
    for (let round = 0; round < 20; round++) {
      const base = Float32Array.from({ length }, () => random() * 1e-3);
      const result = compressed(codec, base, residual);
      const sent = read(result.bytes, codec, length);
      for (let i = 0; i < length; i++) owed[i] = decay * owed[i]! + base[i]! - sent[i]!;
      residual = result.residual;
    }
    for (let i = 0; i < length; i++) expect(Math.abs(owed[i]! - residual![i]!)).toBeLessThan(1e-8);
  });

  test("the same values give the same bytes, and arrays that were given stay as they are", () => {
    const base = wildValues(4, 3000);
    const residual = wildValues(5, 3000).map((value) => value / 4);
    const copies = [base.slice(), residual.slice()];
    const first = compressed(codec, base, residual);
    expect(compressed(codec, base, residual)).toEqual(first);
    expect([base, residual]).toEqual(copies);
    expect(first.bytes.length).toBe(deltaBytesOf(codec, 3000));
  });

  test("any cut, and any other number of values, codec or mark is malformed", () => {
    const { bytes } = compressed(codec, wildValues(6, 1500));
    const changed = (at: number): Uint8Array => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    for (let at = 0; at < HEADER_BYTES; at++) expect(checkDelta(changed(at), codec, 1500)).toBe("malformed");
    for (const length of [0, 1, 15, 16, 20, bytes.length - 1]) {
      expect(checkDelta(bytes.subarray(0, length), codec, 1500)).toBe("malformed");
    }
    for (const values of [0, 1499, 1501, 2 ** 40]) expect(checkDelta(bytes, codec, values)).toBe("malformed");
    for (const other of codecs) if (other !== codec) expect(checkDelta(bytes, other, 1500)).toBe("malformed");
  });

  test("scales that no encoder writes are named", () => {
    const base = wildValues(7, 200);
    const withScale = (scale: number): Uint8Array => {
      const { bytes } = compressed(codec, base);
      new DataView(bytes.buffer).setFloat32(HEADER_BYTES, scale, true);
      return bytes;
    };
    for (const scale of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, LARGEST]) {
      expect(checkDelta(withScale(scale), codec, 200)).toBe("not-finite");
    }
    for (const scale of [-1, -0, 0]) expect(checkDelta(withScale(scale), codec, 200)).toBe("malformed");
  });

  test("whatever the bytes are: a fault, or nothing but finite numbers", () => {
    const random = createRandom(8);
    const { bytes } = compressed(codec, wildValues(9, 700));
    for (let round = 0; round < 300; round++) {
      const changed = bytes.slice();
      for (let times = 0; times < 3; times++) {
        changed[HEADER_BYTES + Math.floor(((random() + 1) / 2) * (changed.length - HEADER_BYTES))] =
          128 * (random() + 1);
      }
      if (checkDelta(changed, codec, 700) !== null) continue;
      expect(read(changed, codec, 700).every(Number.isFinite)).toBe(true);
    }
  });

  test("nothing to say is zero", () => {
    const { bytes } = compressed(codec, new Float32Array(1500));
    expect(checkDelta(bytes, codec, 1500)).toBe("zero");
  });

  test("no pseudo-gradient that is not finite is sent", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => compressed(codec, Float32Array.of(1, value))).toThrow(RangeError);
    }
    const overflow = { base: Float32Array.of(LARGEST), end: Float32Array.of(-LARGEST), residual: undefined };
    expect(() => compressDelta({ ...overflow, compression: codec })).toThrow(RangeError);
  });
});

test("sizes are one byte, nine sixteenths and three sixty-fourths a value, and the scales", () => {
  const values = 1 << 20;
  expect(deltaBytesOf("int8", values)).toBe(HEADER_BYTES + values + (4 * values) / 1024);
  expect(deltaBytesOf("int4", values)).toBe(HEADER_BYTES + values / 2 + (4 * values) / 64);
  expect(deltaBytesOf("top-k", values)).toBe(HEADER_BYTES + (values / 4096) * (4 + 3 * 64));
});

test("levels that no encoder writes are malformed", () => {
  const base = Float32Array.from({ length: 65 }, (_, i) => i + 1);
  const changed = (codec: Compression, at: number, byte: number): Uint8Array =>
    compressed(codec, base).bytes.map((old, i) => (i === HEADER_BYTES + at ? byte : old));
  expect(checkDelta(changed("int8", 4, 0x80), "int8", 65)).toBe("malformed");
  expect(checkDelta(changed("int4", 4, 0x80), "int4", 65)).toBe("malformed");
  expect(checkDelta(changed("int4", 4, 0x08), "int4", 65)).toBe("malformed");
  // The half byte after the last of an odd number of values.
  expect(checkDelta(changed("int4", 40, 0x9f), "int4", 65)).toBe("malformed");
  expect(checkDelta(changed("top-k", 6, 0x80), "top-k", 65)).toBe("malformed");
  // An index twice, and one beyond the block.
  expect(checkDelta(changed("top-k", 7, 1), "top-k", 65)).toBe("malformed");
  expect(checkDelta(changed("top-k", 4 + 3 * 63, 65), "top-k", 65)).toBe("malformed");
});

test("the way goes from the end back to the beginning: a descent is a positive pseudo-gradient", () => {
  const request = { base: Float32Array.of(1), end: Float32Array.of(0.75), residual: undefined } as const;
  expect(pseudoGradient({ ...request, compression: "int8" })).toEqual(Float32Array.of(0.25));
});

test("top-k lets what was left over fade, the others do not", () => {
  const request = { base: Float32Array.of(0), end: Float32Array.of(0), residual: Float32Array.of(1) } as const;
  expect(pseudoGradient({ ...request, compression: "top-k" })).toEqual(Float32Array.of(0.95));
  expect(pseudoGradient({ ...request, compression: "int8" })).toEqual(Float32Array.of(1));
});
