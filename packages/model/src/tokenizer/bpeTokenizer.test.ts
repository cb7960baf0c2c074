/** Ids, special tokens, streaming and the cache; laws over random text are in test/tokenizer. */
import { expect, test } from "vitest";
import { trainBpe } from "./trainBpe.ts";

const tokenizer = trainBpe("the lamp, the light, the lighthouse and the lamp", { vocabularySize: 300 });
const bytesOnly = trainBpe("x", { vocabularySize: 266 });

test("without merges, every byte is its own id", () => {
  expect([...bytesOnly.encode("aé")]).toEqual([0x61 + 10, 0xc3 + 10, 0xa9 + 10]);
  expect(bytesOnly.vocabularySize).toBe(266);
});

test("the end of a text is id 2, and encoding never adds it", () => {
  expect(tokenizer.endOfText).toBe(2);
  expect([...tokenizer.encode("")]).toEqual([]);
  expect([...tokenizer.encode("the lamp <|eos|><|pad|>")].every((id) => id >= 10)).toBe(true);
});

test("special tokens decode to nothing", () => {
  expect(tokenizer.decode([1, ...tokenizer.encode("the lamp"), 2, 0, 3, 4, 9])).toBe("the lamp");
});

test("a decoder gives a character when its last byte has come", () => {
  const [first, second, third, fourth] = bytesOnly.encode("😀") as unknown as [number, number, number, number];
  const decoder = bytesOnly.createDecoder();
  expect([first, second, third].map((id) => decoder.push(id))).toEqual(["", "", ""]);
  expect(decoder.push(fourth)).toBe("😀");
  expect(decoder.end()).toBe("");
});

test("a decoder that ends inside a character gives the replacement character", () => {
  const decoder = bytesOnly.createDecoder();
  expect(decoder.push(0xe2 + 10)).toBe("");
  expect(decoder.end()).toBe("\ufffd");
});

test.each([-1, 300.5, 1e9, Number.NaN])("id %d is refused", (id) => {
  const refusal = expect.objectContaining({
    code: "UNKNOWN_ID",
    data: { id, vocabularySize: tokenizer.vocabularySize },
  });
  expect(() => tokenizer.decode([id])).toThrow(refusal);
  expect(() => tokenizer.createDecoder().push(id)).toThrow(refusal);
});

test("a lone surrogate is refused with its place", () => {
  expect(() => tokenizer.encode("a😀\udc00b")).toThrow(
    expect.objectContaining({ code: "MALFORMED_TEXT", data: { index: 3, codePoint: 0xdc00 } }),
  );
});

test("more distinct words than the cache holds are still encoded alike", () => {
  const words = Array.from(
    { length: 70_000 },
    (_, i) => ` the${String.fromCodePoint(0x4e00 + (i % 300), 0x4e00 + Math.floor(i / 300))}`,
  );
  const ids = tokenizer.encode(words.join(""));
  expect(tokenizer.decode(ids)).toBe(words.join(""));
  expect(tokenizer.encode(words.join(""))).toEqual(ids);
});
