/** Ranges and steps of single parameters. */
import { expect, test } from "vitest";
import { decimal } from "../numbers/decimal.ts";
import { checkStep, checkValue } from "./checkValue.ts";
import { PRESETS } from "./presets.ts";
import type { ParamValue } from "./value.ts";

const { main, minimal } = PRESETS;
const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";
const WEIGHT = "model.llm.MTP_LOSS_WEIGHT";

const ofDecimal = (text: string): ParamValue => ({ kind: "decimal", value: decimal(text) });
const ofInteger = (value: number): ParamValue => ({ kind: "integer", value: BigInt(value) });
const ofSchedule = (...points: readonly (readonly [string, string])[]): ParamValue => ({
  kind: "schedule",
  points: points.map(([from, value]) => ({ from: decimal(from), value: decimal(value) })),
});

test("a value of another type is refused with both types", () => {
  expect(checkValue(REWARD, ofInteger(1), main)).toEqual({
    code: "PARAM_WRONG_TYPE",
    key: REWARD,
    expected: "decimal",
    actual: "integer",
  });
});

test("bounds are included, what lies outside is refused with the bounds", () => {
  expect(checkValue(REWARD, ofDecimal("1"), main)).toBeUndefined();
  expect(checkValue(REWARD, ofDecimal("1.000000000000000001"), main)).toMatchObject({
    code: "PARAM_OUT_OF_RANGE",
    value: "1.000000000000000001",
    least: "0",
    most: "1",
  });
  expect(checkValue(REWARD, ofDecimal("-0.1"), main)).toMatchObject({ code: "PARAM_OUT_OF_RANGE" });
});

test("bounds in days follow the clock of the network", () => {
  expect(checkValue("economics.staking.UNBONDING", ofInteger(28), minimal)).toBeUndefined();
  expect(checkValue("economics.staking.UNBONDING", ofInteger(28), main)).toMatchObject({ least: "17280" });
});

test("a word must be one of the list", () => {
  expect(checkValue("model.llm.ATTENTION_TYPE", { kind: "word", value: "mla" }, main)).toBeUndefined();
  expect(checkValue("model.llm.ATTENTION_TYPE", { kind: "word", value: "flash" }, main)).toMatchObject({
    code: "PARAM_UNKNOWN_WORD",
    words: "standard, mla",
  });
});

test.each([
  ["nothing", ofSchedule(), "PARAM_BAD_SCHEDULE"],
  ["a first point after 0", ofSchedule(["0.1", "0.3"]), "PARAM_BAD_SCHEDULE"],
  ["points that do not rise", ofSchedule(["0", "0.3"], ["0.7", "0.2"], ["0.7", "0.1"]), "PARAM_BAD_SCHEDULE"],
  ["a point at the end", ofSchedule(["0", "0.3"], ["1", "0.1"]), "PARAM_BAD_SCHEDULE"],
  ["a value out of range", ofSchedule(["0", "0.3"], ["0.7", "1.1"]), "PARAM_OUT_OF_RANGE"],
])("a schedule of %s is refused", (_, value, code) => {
  expect(checkValue(WEIGHT, value, main)).toMatchObject({ code });
});

test("the schedule of the ancestor's proposal is accepted: 0.3, and 0.1 from 70 % on", () => {
  expect(checkValue(WEIGHT, ofSchedule(["0", "0.3"], ["0.7", "0.1"]), main)).toBeUndefined();
});

test("the ancestor's example, 0.0005 to 0.0003, is one step", () => {
  expect(checkStep({ key: REWARD, from: ofDecimal("0.0005"), to: ofDecimal("0.0003") }, main)).toBeUndefined();
});

test("half is the largest step of a reward, and one unit more is refused", () => {
  expect(checkStep({ key: REWARD, from: ofDecimal("0.0005"), to: ofDecimal("0.00025") }, main)).toBeUndefined();
  expect(checkStep({ key: REWARD, from: ofDecimal("0.0005"), to: ofDecimal("0.000249999999999999") }, main)).toEqual({
    code: "PARAM_STEP_TOO_LARGE",
    key: REWARD,
    from: "0.0005",
    to: "0.000249999999999999",
    largestStep: "0.00025",
  });
});

test("a parameter that is 0 can rise again, by a part of its default", () => {
  expect(checkStep({ key: REWARD, from: ofDecimal("0"), to: ofDecimal("0.00025") }, main)).toBeUndefined();
  expect(checkStep({ key: REWARD, from: ofDecimal("0"), to: ofDecimal("0.0003") }, main)).toMatchObject({
    code: "PARAM_STEP_TOO_LARGE",
  });
});

test("a parameter without a largest step can go anywhere in its range", () => {
  const key = "model.llm.KV_LORA_RANK";
  expect(checkStep({ key, from: ofInteger(0), to: ofInteger(512) }, main)).toBeUndefined();
});
