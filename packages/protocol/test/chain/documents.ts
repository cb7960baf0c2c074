/** Proposals for tests. */
import { decimal } from "../../src/numbers/decimal.ts";
import type { ChangeValue, NepDocument } from "../../src/nep/document.ts";
import { newNepDocument } from "../../src/nep/newNepDocument.ts";

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

export const decimalValue = (text: string): ChangeValue => ({ kind: "decimal", value: decimal(text) });

export function change(key: string, oldValue: ChangeValue, newValue: ChangeValue): NepDocument["parameterChanges"][number] {
  const dot = key.lastIndexOf(".");
  return { module: key.slice(0, dot), parameter: key.slice(dot + 1), oldValue, newValue, rationale: "a test" };
}

/** TRAINING_REWARD_PER_BATCH from 0.0005 to 0.0003. */
export function lowerReward(given: Partial<NepDocument> = {}): NepDocument {
  const key = "economics.constants.TRAINING_REWARD_PER_BATCH";
  return testDocument({ parameterChanges: [change(key, decimalValue("0.0005"), decimalValue("0.0003"))], ...given });
}
