import { describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from "./safetensors.ts";

const tensors: readonly NamedTensor[] = [
  { name: "layers.0.w", shape: [2, 3], values: Float32Array.of(1, -2, 3.5, 0, -0, 1e-45) },
  { name: "größe", shape: [1], values: Float32Array.of(3.4e38) },
  { name: "empty", shape: [0, 4], values: new Float32Array() },
  { name: "scalar", shape: [], values: Float32Array.of(Number.NEGATIVE_INFINITY) },
];

/** A file of 8 bytes of header length, the header, and `data` bytes of zeros. */
function fileOf(header: string, data: number, length = new TextEncoder().encode(header).length): Uint8Array {
  const json = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + json.length + data);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(json, 8);
  return file;
}

const refusal = (part: string) =>
  expect.objectContaining({ code: "DAMAGED_FILE", message: expect.stringContaining(part) });

describe("a file", () => {
  test("comes back as the same tensors in the same order, bit for bit", () => {
    const decoded = decodeSafetensors(encodeSafetensors(tensors, { format: "pt" }));
    expect(decoded).toEqual(tensors);
    expect(Object.is(decoded[0]!.values[4], -0)).toBe(true);
  });

  test("has the published layout", () => {
    const file = encodeSafetensors([{ name: "a", shape: [2], values: Float32Array.of(1, 2) }], { format: "pt" });
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(header).toEqual({
      __metadata__: { format: "pt" },
      a: { dtype: "F32", shape: [2], data_offsets: [0, 8] },
    });
    // The data begins at a multiple of 8, is little-endian, and nothing follows.
    expect((8 + length) % 8).toBe(0);
    expect([...file.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0x40]);
  });

  test("is read from any place in memory, and its tensors are copies", () => {
    const file = encodeSafetensors(tensors, {});
    const shifted = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
    const decoded = decodeSafetensors(shifted);
    shifted.fill(0);
    expect(decoded).toEqual(tensors);
  });

  test("may list its tensors in another order than their bytes", () => {
    const header = {
      b: { dtype: "F32", shape: [1], data_offsets: [4, 8] },
      a: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
    };
    const file = fileOf(JSON.stringify(header), 8);
    file[file.length - 2] = 0x80;
    file[file.length - 1] = 0x3f;
    expect(decodeSafetensors(file).map(({ name, values }) => [name, ...values])).toEqual([
      ["b", 1],
      ["a", 0],
    ]);
  });

  test("without tensors is a file", () => {
    expect(decodeSafetensors(encodeSafetensors([], {}))).toEqual([]);
    expect(decodeSafetensors(fileOf("{}", 0))).toEqual([]);
  });
});

describe("a file is refused", () => {
  test.each([
    ["nothing", new Uint8Array(), "shorter than its header"],
    ["seven bytes", new Uint8Array(7), "shorter than its header"],
    ["a header length beyond the file", fileOf("{}", 0, 3), "longer than the file"],
    ["a header length beyond memory", fileOf("{}", 0, 2 ** 40), "longer than the file"],
    ["a header that is no JSON", fileOf("{", 0), "not JSON"],
    ["a header of length 0", new Uint8Array(8), "not JSON"],
  ])("of %s", (_, file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(refusal(message));
  });

  test.each(["null", "[]", "7", '"text"', "[null]"])("whose header is %s", (header) => {
    expect(() => decodeSafetensors(fileOf(header, 0))).toThrow(refusal("header"));
  });

  const entry = { dtype: "F32", shape: [2], data_offsets: [0, 8] };
  test.each([
    ["nothing but null", null, "only F32 is read"],
    ["nothing but a number", 5, "only F32 is read"],
    ["nothing but a list", [], "only F32 is read"],
    ["no shape", { dtype: "F32", data_offsets: [0, 8] }, "no shape or place"],
    ["no place", { dtype: "F32", shape: [2] }, "no shape or place"],
    ["another type", { ...entry, dtype: "BF16" }, 'has type "BF16", only F32 is read'],
    ["a negative size", { ...entry, shape: [-2] }, "no shape or place"],
    ["a broken size", { ...entry, shape: [2.5] }, "no shape or place"],
    ["a size that is text", { ...entry, shape: ["2"] }, "no shape or place"],
    ["sizes whose product overflows", { ...entry, shape: [2 ** 52, 2 ** 52] }, "does not fit its shape"],
    ["a negative place", { ...entry, data_offsets: [-8, 0] }, "no shape or place"],
    ["a place that runs backwards", { ...entry, data_offsets: [8, 0] }, "does not fit its shape"],
    ["a place beyond the data", { ...entry, data_offsets: [8, 16] }, "gap before it"],
    ["a size beyond the data", { ...entry, shape: [4], data_offsets: [0, 16] }, "have 16 bytes, the file 8"],
    ["a place too short for its shape", { ...entry, data_offsets: [0, 4] }, "does not fit its shape"],
    ["three offsets", { ...entry, data_offsets: [0, 8, 8] }, "no shape or place"],
  ])("where a tensor has %s", (_, broken, message) => {
    expect(() => decodeSafetensors(fileOf(JSON.stringify({ x: broken }), 8))).toThrow(refusal(message));
  });

  test("where two tensors share bytes, or bytes belong to none: a small file could claim any amount of memory", () => {
    const header = (second: readonly number[]): string =>
      JSON.stringify({ a: entry, b: { ...entry, data_offsets: second } });
    expect(() => decodeSafetensors(fileOf(header([0, 8]), 16))).toThrow(refusal("overlap"));
    expect(() => decodeSafetensors(fileOf(header([4, 12]), 16))).toThrow(refusal("overlap"));
    expect(() => decodeSafetensors(fileOf(header([12, 20]), 20))).toThrow(refusal("gap"));
    expect(() => decodeSafetensors(fileOf(header([8, 16]), 17))).toThrow(refusal("have 16 bytes, the file 17"));
    expect(decodeSafetensors(fileOf(header([8, 16]), 16)).length).toBe(2);
  });

  test("after any cut of its end", () => {
    const file = encodeSafetensors(tensors, {});
    for (let length = 0; length < file.length; length++)
      expect(() => decodeSafetensors(file.subarray(0, length)), `${length} bytes`).toThrow(
        expect.objectContaining({ code: "DAMAGED_FILE" }),
      );
  });
});
