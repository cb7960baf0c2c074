/** The composition root: what runs on one machine. Reading order: training/trainLocally, training/openRun, serving/localModel. */
export { chatPrompt, chatStop } from "@neuroshard/training";
export { revokeToken } from "./access/adminToken.ts";
export type { NodeAccess } from "./access/openAccess.ts";
export { createToken, readTokens } from "./access/tokenFile.ts";
export { FileBlobStore } from "./blobs/fileBlobStore.ts";
export { nodeHash } from "./blobs/nodeHash.ts";
export {
  type Chain,
  type ChainHead,
  type ChainOptions,
  type EntryProof,
  type HistoryItem,
  openChain,
  type Submission,
  type TransactionStatus,
} from "./chain/chain.ts";
export {
  initHome,
  type NewNetwork,
  readGenesis,
  readSequencer,
} from "./chain/homeFiles.ts";
export { type ReplayedChain, type ReplayProgress, verifyChain } from "./chain/replay.ts";
export { type VerifiedCheckpoint, verifyCheckpoint } from "./checkpoint/verifyCheckpoint.ts";
export { SoloEngine } from "./consensus/soloEngine.ts";
export { chooseScheme } from "./crypto/chooseScheme.ts";
export { type HttpOptions, type HttpServer, startHttp } from "./http/startHttp.ts";
export { type LocalNetwork, openLocalNetwork } from "./network/createLocalNetwork.ts";
export { describeFailure, NodeError, type NodeErrorCode } from "./nodeError.ts";
export { cpuFeatures } from "./operation/cpuFeatures.ts";
export { countBuffersOnce } from "./peers/countBuffersOnce.ts";
export { findNetwork } from "./peers/findNetwork.ts";
export { openHomeAccount } from "./peers/homeAccount.ts";
export {
  descriptorPath,
  joinByDescriptor,
  type NetworkDescriptor,
} from "./peers/networkDescriptor.ts";
export { NODE_ROLES, type NodeRole, type PeerOptions } from "./peers/peerOptions.ts";
export { type EquivocationWatch, reportEquivocators } from "./peers/reportEquivocators.ts";
export {
  createDeviceSubmitter,
  type DeviceSubmitter,
  type DeviceSubmitterOptions,
} from "./rounds/deviceSubmitter.ts";
export { prepareNetworkTraining } from "./rounds/prepareNetworkTraining.ts";
export { type RoundDriver, type RoundStatus, startRoundDriver } from "./rounds/roundDriver.ts";
export type { RoundEvent, RoundTimes } from "./rounds/roundEvent.ts";
export type { JournalFiles, RoundBlobs, RoundChain, RoundDriverOptions, WorkBody } from "./rounds/roundPorts.ts";
export { ThreadWorker } from "./rounds/threadWorker.ts";
export {
  type VerifiedNetworkSegment,
  verifyNetworkSegment,
} from "./rounds/verifyNetworkSegment.ts";
export { type VerifiedSegment, type VerifySegmentOptions, verifySegment } from "./rounds/verifySegment.ts";
export { type BenchOptions, type BenchResult, benchEngine } from "./serving/benchEngine.ts";
export { exportModel } from "./serving/exportModel.ts";
export {
  type Generated,
  type GenerateOptions,
  type LocalModel,
  type ModelDescription,
  type ModelOptions,
  openModel,
} from "./serving/localModel.ts";
export { openCurrentModel } from "./serving/openCurrentModel.ts";
export { type NodeBlock, type NodeOptions, type RoundNews, type RunningNode, startNode } from "./startNode.ts";
export type { TrainEvent, TrainOptions } from "./training/trainEvents.ts";
export { trainLocally } from "./training/trainLocally.ts";
export { readSecretFile } from "./wallet/readSecretFile.ts";
export { Secret } from "./wallet/secret.ts";
export {
  createWallet,
  type NewWallet,
  readWallet,
  recoverWallet,
  type Wallet,
} from "./wallet/walletFile.ts";
export { walletNames, walletPath } from "./wallet/walletFolder.ts";
