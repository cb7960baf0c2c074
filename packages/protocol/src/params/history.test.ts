/** What a parameter was at each height. */
import { expect, test } from "vitest";
import { decode, encode } from "../codec/codec.ts";
import { digest } from "../types/identifiers.ts";
import { cooldownEnd, type ParameterHistory, parameterHistory, valueAt, withSetting } from "./history.ts";
import type { ParamValue } from "./value.ts";

const NEP = digest.fromJson("ab".repeat(32));
const ofInteger = (value: number): ParamValue => ({ kind: "integer", value: BigInt(value) });

const genesis: ParameterHistory = [{ height: 0, value: ofInteger(1), nepId: null }];
const history = withSetting(genesis, { height: 100, value: ofInteger(2), nepId: NEP });

test("a value holds from its height on, and the one before up to the block before", () => {
  expect(valueAt(history, 0)).toEqual(ofInteger(1));
  expect(valueAt(history, 99)).toEqual(ofInteger(1));
  expect(valueAt(history, 100)).toEqual(ofInteger(2));
  expect(valueAt(history, 1_000_000)).toEqual(ofInteger(2));
});

test("of two settings at one height the later one counts", () => {
  const twice = withSetting(history, { height: 100, value: ofInteger(3), nepId: NEP });
  expect(twice).toHaveLength(2);
  expect(valueAt(twice, 100)).toEqual(ofInteger(3));
});

test("the past cannot be set", () => {
  expect(() => withSetting(history, { height: 99, value: ofInteger(3), nepId: NEP })).toThrow("internal:");
  expect(() => valueAt([], 0)).toThrow("internal:");
});

test("a cooldown starts with a change, not with genesis", () => {
  expect(cooldownEnd(genesis, 28)).toBe(0);
  expect(cooldownEnd(history, 28)).toBe(128);
});

test("the record of the state is read back as it was written", () => {
  expect(decode(parameterHistory, encode(parameterHistory, history))).toEqual({ ok: true, value: history });
});
