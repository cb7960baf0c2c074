import { describe, expect, test } from "vitest";
import {
  checkConfig,
  differingField,
  feedForwardWidthOf,
  headSizeOf,
  type ModelConfig,
  parseConfig,
  qkvWidthOf,
} from "./config.ts";

const config: ModelConfig = {
  vocabularySize: 100,
  width: 48,
  layers: 2,
  heads: 6,
  keyHeads: 2,
  feedForwardWidth: 128,
  context: 64,
  tiedHead: true,
};

const invalid = (part: string) =>
  expect.objectContaining({ code: "INVALID_CONFIG", message: expect.stringContaining(part) });

test("sizes follow from width, heads and key heads", () => {
  expect([headSizeOf(config), qkvWidthOf(config)]).toEqual([8, 80]);
  expect([32, 128, 192, 384].map(feedForwardWidthOf)).toEqual([128, 384, 512, 1024]);
});

describe("a configuration", () => {
  test("that fits comes back as it is, also from JSON", () => {
    expect(checkConfig(config)).toBe(config);
    expect(parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test("loses fields that it does not know when it is read from JSON", () => {
    expect(parseConfig({ ...config, dropout: 0.1 })).toEqual(config);
  });

  test.each([
    [{ width: 50 }, "width 50 is not a multiple of heads 6"],
    [{ width: 42, heads: 6 }, "the head size 7 must be even"],
    [{ keyHeads: 4 }, "heads 6 is not a multiple of keyHeads 4"],
    [{ layers: 0 }, "layers must be a positive integer"],
    [{ context: -1 }, "context must be a positive integer"],
    [{ vocabularySize: 1.5 }, "vocabularySize must be a positive integer"],
    [{ feedForwardWidth: Number.NaN }, "feedForwardWidth must be a positive integer"],
  ] as const)("with %o is refused, naming the fault", (change, message) => {
    expect(() => checkConfig({ ...config, ...change })).toThrow(invalid(message));
    expect(() => parseConfig({ ...config, ...change })).toThrow(invalid(message));
  });

  test.each([[null], [undefined], ["text"], [[]], [{}]])("from %o is refused", (json) => {
    expect(() => parseConfig(json)).toThrow(invalid("vocabularySize must be a number"));
  });

  test.each(Object.keys(config))("without %s, or with text there, is refused by its name", (field) => {
    const { [field as keyof ModelConfig]: _, ...rest } = config;
    expect(() => parseConfig(rest)).toThrow(invalid(field));
    expect(() => parseConfig({ ...config, [field]: "2" })).toThrow(invalid(field));
  });
});

test.each(Object.keys(config))("two configurations that differ in %s differ there", (field) => {
  const key = field as keyof ModelConfig;
  expect(differingField(config, config)).toBeUndefined();
  expect(differingField(config, { ...config, [key]: key === "tiedHead" ? false : 12 })).toBe(field);
});
