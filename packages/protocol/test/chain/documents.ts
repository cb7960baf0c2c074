/** Proposals for tests. */

import type { ChangeValue, NepDocument } from "../../src/nep/document.ts";
import { newNepDocument } from "../../src/nep/newNepDocument.ts";
import { decimal } from "../../src/numbers/decimal.ts";

const PROSE = {
  abstract: "What it is.",
  motivation: "Why it is wanted.",
  specification: "What changes.",
  securityConsiderations: "None.",
  backwardCompatibility: "Full.",
  testCases: "This test.",
};

/** Short times and no new software, so that a test sees the whole life in few blocks. */
export function testDocument(given: Partial<NepDocument>): NepDocument {
  const base = newNepDocument({ ...PROSE, title: "A change", nepType: "econ" });
  const upgradePath = { ...base.upgradePath, gracePeriodDays: 0, activationDelayBlocks: 0 };
  return { ...base, upgradePath, ...given };
}

export const integerValue = (value: number): ChangeValue => ({ kind: "integer", value: BigInt(value) });

export const flagValue = (value: boolean): ChangeValue => ({ kind: "flag", value });

export const decimalValue = (text: string): ChangeValue => ({ kind: "decimal", value: decimal(text) });

export function change(
  key: string,
  oldValue: ChangeValue,
  newValue: ChangeValue,
): NepDocument["parameterChanges"][number] {
  const dot = key.lastIndexOf(".");
  return { module: key.slice(0, dot), parameter: key.slice(dot + 1), oldValue, newValue, rationale: "a test" };
}

/** TRAINING_REWARD_PER_BATCH from 0.0005 to 0.0003. */
export function lowerReward(given: Partial<NepDocument> = {}): NepDocument {
  const key = "economics.constants.TRAINING_REWARD_PER_BATCH";
  return testDocument({ parameterChanges: [change(key, decimalValue("0.0005"), decimalValue("0.0003"))], ...given });
}

/** Switches a feature on: nodes need new software for it. */
export function switchOn(feature: string, given: Partial<NepDocument> = {}): NepDocument {
  const parameterChanges = [change(`protocol.features.feature_${feature}`, flagValue(false), flagValue(true))];
  return testDocument({ title: `Switch ${feature} on`, parameterChanges, ...given });
}

/** FEE_BURN_RATE from 0.05 to 0.025, at once. */
export function emergency(given: Partial<NepDocument> = {}): NepDocument {
  const parameterChanges = [change("economics.constants.FEE_BURN_RATE", decimalValue("0.05"), decimalValue("0.025"))];
  return testDocument({ title: "At once", nepType: "emergency", parameterChanges, ...given });
}
