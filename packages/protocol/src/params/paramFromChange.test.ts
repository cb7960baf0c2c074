/** Values of parameters as people and programs write them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal, ONE } from "../numbers/decimal.ts";
import { formatParamValue } from "./formatParamValue.ts";
import { paramFromChange, paramFromJson, paramFromText, paramToJson } from "./paramFromChange.ts";
import type { ParamKey } from "./registry.ts";
import type { ParamValue } from "./value.ts";

const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";
const WEIGHT = "model.llm.MTP_LOSS_WEIGHT";
const DEPTH = "model.llm.MTP_DEPTH";
const FLAG = "model.llm.MTP_ENABLED";
const WORD = "model.llm.ATTENTION_TYPE";

const amount = fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n });
const VALUES: readonly [ParamKey, fc.Arbitrary<ParamValue>][] = [
  [REWARD, amount.map((value) => ({ kind: "decimal", value }))],
  [DEPTH, fc.integer().map((value) => ({ kind: "integer", value: BigInt(value) }))],
  [FLAG, fc.boolean().map((value) => ({ kind: "flag", value }))],
  [WORD, fc.constantFrom("standard", "mla").map((value) => ({ kind: "word", value }))],
  [
    WEIGHT,
    fc
      .array(fc.record({ from: amount, value: amount }), { minLength: 1, maxLength: 16 })
      .map((points) => ({ kind: "schedule", points })),
  ],
];

test.each(VALUES)("what is written of %s as text or JSON is read back as the same value", (key, values) => {
  fc.assert(
    fc.property(values, (value) => {
      expect(paramFromText(key, formatParamValue(value))).toEqual({ ok: true, value });
      expect(paramFromJson(key, JSON.parse(JSON.stringify(paramToJson(value))))).toEqual({ ok: true, value });
    }),
    { seed: 1337 },
  );
});

test("an integer does for a decimal, but a decimal never for an integer", () => {
  expect(paramFromChange(REWARD, { kind: "integer", value: 1n })).toEqual({
    ok: true,
    value: { kind: "decimal", value: ONE },
  });
  expect(paramFromChange(DEPTH, { kind: "decimal", value: ONE })).toMatchObject({
    ok: false,
    problem: { code: "PARAM_WRONG_TYPE", expected: "integer", actual: "decimal" },
  });
  expect(paramFromText(REWARD, "1")).toMatchObject({ ok: true, value: { value: ONE } });
  expect(paramFromText(DEPTH, "1.0")).toMatchObject({ ok: false });
});

test("a plain number makes a schedule that never changes", () => {
  const constant = { ok: true, value: { kind: "schedule", points: [{ from: 0n, value: decimal("0.3") }] } };
  expect(paramFromChange(WEIGHT, { kind: "decimal", value: decimal("0.3") })).toEqual(constant);
  expect(paramFromText(WEIGHT, "0.3")).toEqual(constant);
});

test.each([
  [REWARD, { kind: "none" }],
  [REWARD, { kind: "word", value: "0.1" }],
  [REWARD, { kind: "json", source: "[]" }],
  [FLAG, { kind: "integer", value: 1n }],
  [WORD, { kind: "word", value: "x".repeat(65) }],
  [WORD, { kind: "flag", value: true }],
] as const)("a proposal cannot set %s to %o", (key, given) => {
  expect(paramFromChange(key, given)).toMatchObject({ ok: false, problem: { code: "PARAM_WRONG_TYPE", key } });
});

test.each([
  [REWARD, "1e-4"],
  [REWARD, ""],
  [DEPTH, "9".repeat(16)],
  [FLAG, "yes"],
  [WEIGHT, "0:0.3,0.7"],
  [WEIGHT, "0:0.3:1"],
  [WEIGHT, Array.from({ length: 17 }, (_, index) => `0.${index + 10}:1`).join(",")],
] as const)("%s cannot be read from the text %j", (key, text) => {
  expect(paramFromText(key, text)).toMatchObject({ ok: false, problem: { code: "PARAM_WRONG_TYPE" } });
});

test("JSON numbers with a fraction are refused, since they are no longer what was written", () => {
  expect(paramFromJson(REWARD, 0.0003)).toMatchObject({ ok: false, problem: { code: "PARAM_WRONG_TYPE" } });
  expect(paramFromJson(REWARD, Number.NaN)).toMatchObject({ ok: false });
  expect(paramFromJson(REWARD, null)).toMatchObject({ ok: false, problem: { actual: "null" } });
  expect(paramFromJson(WEIGHT, [])).toMatchObject({ ok: false, problem: { actual: "a list" } });
});
