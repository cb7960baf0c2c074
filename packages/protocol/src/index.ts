/**
 * The rules of the network, pure and synchronous: who asks it the same question gets the same answer, on every machine.
 * This index is its table of contents, from the block down to the byte. Specification: spec/.
 */

// Blocks: what every node does with one. Read executeBlock first, then applyTransaction, whose table names the steps.

export { type AppliedBlock, applyBlock, type BlockFault } from "./transition/applyBlock.ts";
export { applyTransaction } from "./transition/applyTransaction.ts";
export { blockLimits } from "./transition/blockLimits.ts";
export { type DraftEvent, event, type Receipt, receipt } from "./transition/events.ts";
export {
  type BegunBlock,
  beginBlock,
  type ExecutedBlock,
  type ExecuteOptions,
  executeBlock,
  finishBlock,
} from "./transition/executeBlock.ts";
export type { Rejection, RejectionCode } from "./transition/outcome.ts";
export { proposeBlock } from "./transition/proposeBlock.ts";
export { figuresOf, receiptOf, receiptRoot } from "./transition/receipts.ts";
export { type TrustedNetwork, verifySignedHeader } from "./transition/verifySignedHeader.ts";

// The state and what proves it.

export { type ListProof, listRoot, proveItem, verifyItem } from "./merkle/merkleList.ts";
export type { MapProof, MerkleMap } from "./merkle/merkleMap.ts";
export { encodeEntry, type LoadedState, StateBuilder, snapshotChunks, stateFromChunks } from "./state/snapshot.ts";
export { type SnapshotManifest, snapshotManifest } from "./state/snapshotManifest.ts";
export { type Cells, encodeCell, type State, stateRoot } from "./state/state.ts";
export { proveEntry, type StateProof } from "./state/stateProof.ts";
export {
  type BallotRecord,
  CELL_NAMES,
  type Device,
  type EntryOf,
  isKeyOf,
  type ProtocolVersion,
  TABLE_NAMES,
  type TableName,
} from "./state/tables.ts";
export { type StateVerdict, verifyStateProof } from "./state/verifyStateProof.ts";

// Where a network begins.

export { type Genesis, type GenesisProblem, genesis, genesisState, networkIdOf } from "./genesis/genesis.ts";
export { activeFeatures, RELEASE_VERSION, type UpgradeDemand, upgradeDemand } from "./genesis/release.ts";

// Wire objects: transactions, ballots, headers, blocks.

export {
  type Ballot,
  type BallotSplit,
  ballotHash,
  type SignedBallot,
  signedBallot,
  WHOLE_SPLIT,
} from "./types/ballot.ts";
export { type Block, block } from "./types/block.ts";
export { type Header, headerDigest, headerHash, type SignedHeader, signedHeader } from "./types/header.ts";
export { type AccountId, type Amount, type DeviceKey, DIGEST_BYTES, type Digest } from "./types/identifiers.ts";
export { type SignedTransaction, signTransaction, type UnsignedTransaction } from "./types/signTransaction.ts";
export {
  type BodyOf,
  decodeTransaction,
  type SignedCommit,
  type Transaction,
  type TransactionBody,
  type TransactionContent,
  type TransactionKind,
  transaction,
  transactionHash,
} from "./types/transaction.ts";

// Money and stake.

export { flatFeeOf } from "./ledger/flatFee.ts";
export { circulating } from "./ledger/supply.ts";
export { stakeMultiplier } from "./staking/stakeMultiplier.ts";
export { type ValidatorStakeInfo, type ValidatorTier, validatorStakeInfo } from "./staking/validatorTiers.ts";

// Parameters: all that a vote can change.

export { checkValue } from "./params/checkValue.ts";
export { type ParamEntry, resolveQuantity, type SchedulePoint } from "./params/entry.ts";
export { formatParamValue } from "./params/formatParamValue.ts";
export {
  defaultOf,
  type GenesisValues,
  genesisValues,
  overridesOf,
  type ParamOverrides,
} from "./params/genesisValues.ts";
export { type ParameterHistory, type ParameterSetting, valueAt } from "./params/history.ts";
export { paramFromChange, paramFromJson, paramFromText, paramToJson } from "./params/paramFromChange.ts";
export { clockOf, createParams, type Params } from "./params/params.ts";
export { paramsAt } from "./params/paramsOfState.ts";
export { type ChainClock, PRESET_NAMES, PRESETS, type Preset, type PresetName } from "./params/presets.ts";
export type { ParamProblem, ParamResult } from "./params/problem.ts";
export { entryOf, isParamKey, PARAM_KEYS, type ParamKey, type ParamType, paramKeyOf } from "./params/registry.ts";
export { type ParamValue, paramValue } from "./params/value.ts";

// Proposals: the document, its record, how it is counted.

export { statusOf } from "./governance/status.ts";
export { hasQuorum, isApproved, isVetoed, verdictOf, votesCast } from "./governance/tally.ts";
export { describeImpact, describeImpactLegacy, isNeutral, isNeutralLegacy } from "./nep/describeImpact.ts";
export {
  type ChangeValue,
  type EconomicImpact,
  NEP_TYPES,
  type NepDocument,
  type NepType,
  nepDocument,
  nepIdOf,
  type ParameterChange,
  type UpgradePath,
} from "./nep/document.ts";
export {
  DEFAULT_APPROVAL_THRESHOLD,
  DEFAULT_QUORUM_THRESHOLD,
  DEFAULT_UPGRADE_PATH,
  IMPACT_FIELDS,
  NEUTRAL_IMPACT,
  UPGRADE_KEYS,
} from "./nep/fields.ts";
export { newNepDocument } from "./nep/newNepDocument.ts";
export { type FrozenRules, type NepRecord, type NepTally, nepRecord } from "./nep/record.ts";
export { NEP_STATUSES, type NepStatus } from "./nep/statuses.ts";

// The ancestor's proposals.

export { createAncestorProposal } from "./nep/ancestor/createAncestorProposal.ts";
export { type AncestorMetadata, fromDocument } from "./nep/ancestor/fromDocument.ts";
export { legacyHash } from "./nep/ancestor/legacyHash.ts";
export { type AncestorProposal, isVotingActive, summarize } from "./nep/ancestor/proposal.ts";
export { readProposal } from "./nep/ancestor/readProposal.ts";
export { toDocument } from "./nep/ancestor/toDocument.ts";
export { jsonFloat, jsonInteger } from "./nep/ancestor/typedJson.ts";
export { writeProposal } from "./nep/ancestor/writeProposal.ts";

// Keys, addresses, signatures.

export { bytesToHex, hexToBytes, sha256 } from "./crypto/hash.ts";
export { portableScheme } from "./crypto/portableScheme.ts";
export { PUBLIC_KEY_BYTES, SIGNATURE_BYTES, type SignatureScheme } from "./crypto/signatureScheme.ts";
export { type AccountKey, accountKeyFromMnemonic, accountKeyOf } from "./keys/accountKey.ts";
export { accountOf, formatAddress, parseAddress } from "./keys/address.ts";
export { type AncestorKey, ancestorKeyFromToken, ancestorTokenOf, isAncestorToken } from "./keys/ancestorWallet.ts";
export {
  describeMnemonicProblem,
  type Mnemonic,
  type MnemonicProblem,
  mnemonicFromEntropy,
  readMnemonic,
} from "./keys/mnemonic.ts";

// Rounds: what trainers commit to, what auditors answer, what the state keeps.

export {
  type AuditOutcome,
  type Auditor,
  type AuditRecord,
  type AuditStage,
  auditRecord,
} from "./audits/auditRecord.ts";
export { type TrainingGenesis, trainingGenesis } from "./genesis/trainingGenesis.ts";
export { epochOf } from "./liveness/epoch.ts";
export {
  blobDigest,
  CHUNK_BYTES,
  chunkCountOf,
  chunkHash,
  chunkHashes,
  digestOfChunks,
  type HashParts,
  portableHash,
} from "./merkle/blobDigest.ts";
export { type Reward, rewardOf } from "./rewards/rewardOf.ts";
export { attestationKey } from "./rounds/attestations.ts";
export { roundKey, slotKey } from "./rounds/roundOf.ts";
export {
  type CommitRecord,
  commitRecord,
  type RoundPhase,
  type RoundRecord,
  type RoundSlot,
  roundRecord,
  type Standing,
} from "./rounds/roundRecord.ts";
export { slotSteps } from "./rounds/slotSteps.ts";
export { type AuditAnswer, auditAnswer, auditSeal, joinAnswers } from "./work/auditAnswer.ts";
export { samplesSeed } from "./work/samplesSeed.ts";
export {
  committedDigest,
  compressionDigest,
  MOST_SEGMENTS,
  type ModelDigest,
  segmentDigest,
  type WorkCommit,
  workCommit,
  workCommitId,
} from "./work/workCommit.ts";

// Exact numbers and the encoding under everything.

export { type Codec, decode, encode, type Parsed, parseJson, type ValueOf } from "./codec/codec.ts";
export { list, optional, struct, union } from "./codec/composites.ts";
export { bool, bytes, count, text, u8, u16, u32 } from "./codec/primitives.ts";
export { decimal, formatDecimal, ONE, parseDecimal } from "./numbers/decimal.ts";
export { digest } from "./types/identifiers.ts";
export { deviceAcceptanceHash } from "./types/transaction.ts";
