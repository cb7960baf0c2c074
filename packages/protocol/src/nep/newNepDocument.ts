/** A proposal before its author has written anything: the ancestor's defaults in every field. */
import type { NepDocument } from "./document.ts";
import {
  DEFAULT_APPROVAL_THRESHOLD,
  DEFAULT_QUORUM_THRESHOLD,
  DEFAULT_UPGRADE_PATH,
  NEUTRAL_IMPACT,
} from "./fields.ts";

const BLANK: NepDocument = {
  title: "",
  description: "",
  nepType: "arch",
  abstract: "",
  motivation: "",
  specification: "",
  securityConsiderations: "",
  backwardCompatibility: "",
  testCases: "",
  parameterChanges: [],
  codeChanges: [],
  economicImpact: NEUTRAL_IMPACT,
  upgradePath: DEFAULT_UPGRADE_PATH,
  approvalThreshold: DEFAULT_APPROVAL_THRESHOLD,
  quorumThreshold: DEFAULT_QUORUM_THRESHOLD,
  requires: [],
  supersedes: [],
  ratifies: null,
  evidence: [],
};

export function newNepDocument(given: Partial<NepDocument> = {}): NepDocument {
  return { ...BLANK, ...given };
}
