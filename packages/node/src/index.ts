/** The composition root: what runs on one machine. Reading order: training/trainLocally, training/openRun, serving/localModel. */
export { chatPrompt, chatStop } from "@neuroshard/training";
export { type VerifiedCheckpoint, verifyCheckpoint } from "./checkpoint/verifyCheckpoint.ts";
export { describeFailure, NodeError, type NodeErrorCode } from "./nodeError.ts";
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
export type { TrainEvent, TrainOptions } from "./training/trainEvents.ts";
export { trainLocally } from "./training/trainLocally.ts";
export { readSecretFile } from "./wallet/readSecretFile.ts";
export { Secret } from "./wallet/secret.ts";
export {
  createWallet,
  readWallet,
  recoverWallet,
  type Wallet,
} from "./wallet/walletFile.ts";
export { walletNames, walletPath } from "./wallet/walletFolder.ts";
