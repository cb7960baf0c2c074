/**
 * What an author proposes: the binding part of a NEP (NeuroShard Enhancement Proposal). Its id covers every field here,
 * the author and the network. Status, votes and heights are the chain's to say and stand in the NEP's record.
 */
import { encode, type ValueOf } from "../codec/codec.ts";
import { list, optional, struct, union } from "../codec/composites.ts";
import { bool, choice, i128, text, u32 } from "../codec/primitives.ts";
import { hexToBytes, taggedDigest } from "../crypto/hash.ts";
import { schedulePoint } from "../params/value.ts";
import { type AccountId, type Digest, digest } from "../types/identifiers.ts";

/** Model architecture, rewards and fees, training algorithm, network protocol, the rules of voting, urgent security. */
export const NEP_TYPES = ["arch", "econ", "train", "net", "gov", "emergency"] as const;
export const nepType = choice(NEP_TYPES);
export type NepType = (typeof NEP_TYPES)[number];

/** `none`: the author gave nothing. `json`: something that no parameter can be, kept as it was written. */
const changeValue = union({
  none: struct({}),
  flag: struct({ value: bool }),
  integer: struct({ value: i128 }),
  decimal: struct({ value: i128 }),
  word: struct({ value: text(1024) }),
  schedule: struct({ points: list(schedulePoint, 16) }),
  json: struct({ source: text(4096) }),
});
export type ChangeValue = ValueOf<typeof changeValue>;

const parameterChange = struct({
  module: text(64),
  parameter: text(64),
  oldValue: changeValue,
  newValue: changeValue,
  rationale: text(2048),
});
export type ParameterChange = ValueOf<typeof parameterChange>;

/** Everything is a decimal times 10^18 but memory, which is whole MB. */
const economicImpact = struct({
  trainingRewardMultiplier: i128,
  trainingEfficiencyMultiplier: i128,
  inferenceRewardMultiplier: i128,
  inferenceCostMultiplier: i128,
  minMemoryChangeMb: i128,
  minComputeChangeTflops: i128,
  stakingMultiplierChange: i128,
  upgradeCostNeuro: i128,
  netEarningsChangePercent: i128,
});
export type EconomicImpact = ValueOf<typeof economicImpact>;

const upgradePath = struct({
  minVersion: text(32),
  targetVersion: text(32),
  gracePeriodDays: u32,
  activationDelayBlocks: u32,
  backwardCompatible: bool,
  requiresCheckpointReload: bool,
  migrationSteps: list(text(1024), 32),
});
export type UpgradePath = ValueOf<typeof upgradePath>;

/** A file, and the change to it or the digest of the release that has it: shown to voters, never executed. */
export const codeChange = struct({ path: text(256), change: text(16_384) });

/** A report that voters can fetch and check. */
const evidenceReport = struct({ name: text(128), digest });

export const nepDocument = struct({
  title: text(160),
  description: text(280),
  nepType,
  abstract: text(4096),
  motivation: text(32_768),
  specification: text(65_536),
  securityConsiderations: text(16_384),
  backwardCompatibility: text(16_384),
  testCases: text(16_384),
  parameterChanges: list(parameterChange, 64),
  codeChanges: list(codeChange, 64),
  economicImpact,
  upgradePath,
  /** Fractions times 10^18. The track of the type has floors; a proposal can only ask for more. */
  approvalThreshold: i128,
  quorumThreshold: i128,
  /** Proposals that must be active before this one. */
  requires: list(digest, 16),
  /** Active proposals that this one puts out of force. */
  supersedes: list(digest, 16),
  /** The emergency change that this one makes permanent. */
  ratifies: optional(digest),
  evidence: list(evidenceReport, 32),
});
export type NepDocument = ValueOf<typeof nepDocument>;

/** The id of a proposal: a hash of all that binds. `networkId`: the digest of the genesis. */
export function nepIdOf(document: NepDocument, author: AccountId, networkId: Digest): Digest {
  return taggedDigest("nep", hexToBytes(networkId), hexToBytes(author), encode(nepDocument, document));
}
