/**
 * The proposal object of the ancestor (NeuroShard 0.0.111), with its fields, defaults and methods. Numbers keep their
 * text, because its hash tells 1 from 1.0. Nothing here binds on the chain: a proposal is converted to a `NepDocument`
 * (toDocument.ts), and its status, times, signature and thresholds are then the chain's to say.
 */
import type { EconomicImpact, NepType, UpgradePath } from "../document.ts";
import type { AncestorStatus } from "../statuses.ts";
import { compareNumbers } from "./numbers.ts";
import { type JsonMember, type JsonNumber, jsonFloat, jsonInteger, type TypedJson } from "./typedJson.ts";

/** Members that the ancestor did not know. It crashed on some and dropped others; here they stay. */
interface WithUnknown {
  readonly unknown: readonly JsonMember[];
}

export interface AncestorChange extends WithUnknown {
  readonly module: string;
  readonly parameter: string;
  readonly oldValue: TypedJson;
  readonly newValue: TypedJson;
  readonly rationale: string;
}

export type AncestorImpact = Readonly<Record<keyof EconomicImpact, JsonNumber>> & WithUnknown;

export interface AncestorUpgradePath
  extends Omit<UpgradePath, "gracePeriodDays" | "activationDelayBlocks">,
    WithUnknown {
  readonly gracePeriodDays: JsonNumber;
  readonly activationDelayBlocks: JsonNumber;
}

/** A file and its diff. The ancestor lost these whenever it saved a proposal. */
export interface AncestorCodeChange {
  readonly path: string;
  readonly diff: string;
}

export interface AncestorProposal extends WithUnknown {
  /** `NEP-001`, or `NEP-DRAFT-` and the start of the hash. */
  readonly nepId: string;
  readonly title: string;
  readonly nepType: NepType;
  readonly status: AncestorStatus;
  readonly authorNodeId: string;
  /** Unix time in seconds, as are all times here; 0 when not known. */
  readonly createdAt: JsonNumber;
  readonly updatedAt: JsonNumber;
  readonly abstract: string;
  readonly motivation: string;
  readonly specification: string;
  readonly parameterChanges: readonly AncestorChange[];
  readonly codeChanges: readonly AncestorCodeChange[];
  readonly economicImpact: AncestorImpact;
  readonly upgradePath: AncestorUpgradePath;
  readonly votingStart: JsonNumber | null;
  readonly votingEnd: JsonNumber | null;
  readonly approvalThreshold: JsonNumber;
  readonly quorumThreshold: JsonNumber;
  readonly activationBlock: JsonNumber | null;
  /** As stored; it can be stale or forged. `legacyHash` computes it. */
  readonly contentHash: string;
  readonly signature: string;
}

const NO_CHANGE = jsonFloat("0.0");
const SAME = jsonFloat("1.0");

export const ANCESTOR_IMPACT: AncestorImpact = {
  trainingRewardMultiplier: SAME,
  trainingEfficiencyMultiplier: SAME,
  inferenceRewardMultiplier: SAME,
  inferenceCostMultiplier: SAME,
  minMemoryChangeMb: jsonInteger(0),
  minComputeChangeTflops: NO_CHANGE,
  stakingMultiplierChange: NO_CHANGE,
  upgradeCostNeuro: NO_CHANGE,
  netEarningsChangePercent: NO_CHANGE,
  unknown: [],
};

export const ANCESTOR_UPGRADE_PATH: AncestorUpgradePath = {
  minVersion: "0.0.0",
  targetVersion: "0.0.0",
  gracePeriodDays: jsonInteger(7),
  activationDelayBlocks: jsonInteger(10_000),
  backwardCompatible: false,
  requiresCheckpointReload: false,
  migrationSteps: [],
  unknown: [],
};

/** Before the time of creation and the hash are filled in. */
export const ANCESTOR_DEFAULTS: AncestorProposal = {
  nepId: "",
  title: "",
  nepType: "arch",
  status: "draft",
  authorNodeId: "",
  createdAt: NO_CHANGE,
  updatedAt: NO_CHANGE,
  abstract: "",
  motivation: "",
  specification: "",
  parameterChanges: [],
  codeChanges: [],
  economicImpact: ANCESTOR_IMPACT,
  upgradePath: ANCESTOR_UPGRADE_PATH,
  votingStart: null,
  votingEnd: null,
  approvalThreshold: jsonFloat("0.66"),
  quorumThreshold: jsonFloat("0.2"),
  activationBlock: null,
  contentHash: "",
  signature: "",
  unknown: [],
};

/** Both ends belong to the voting period. */
export function isVotingActive({ status, votingStart, votingEnd }: AncestorProposal, nowSeconds: JsonNumber): boolean {
  if (status !== "voting" || votingStart === null || votingEnd === null) return false;
  return compareNumbers(votingStart, nowSeconds) <= 0 && compareNumbers(nowSeconds, votingEnd) <= 0;
}

export function summarize({ nepId, title, status }: AncestorProposal): string {
  return `[${nepId}] ${title} (${status})`;
}
