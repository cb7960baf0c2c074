/**
 * The SDK: what a program or a page needs to talk with a node, to hold it to its proofs, and to write proposals. Reading
 * order: client, actions/, transactions/signAndSend, proofs/.
 */
export {
  type AccountId,
  type AccountKey,
  type Amount,
  type AncestorMetadata,
  accountKeyFromMnemonic,
  accountKeyOf,
  accountOf,
  type BallotSplit,
  bytesToHex,
  type ChainClock,
  clockOf,
  createParams,
  type Digest,
  figuresOf,
  flatFeeOf,
  formatAddress,
  formatDecimal,
  formatParamValue,
  fromDocument,
  type GenesisValues,
  genesisValues,
  hexToBytes,
  isParamKey,
  isVetoed,
  NEP_STATUSES,
  NEP_TYPES,
  type NepDocument,
  type NepRecord,
  type NepStatus,
  type NepType,
  nepDocument,
  nepIdOf,
  nepRecord,
  networkIdOf,
  ONE,
  type ParamKey,
  type ParamProblem,
  type Params,
  type ParamValue,
  PRESET_NAMES,
  PRESETS,
  type PresetName,
  paramFromChange,
  paramFromJson,
  paramFromText,
  paramKeyOf,
  parseAddress,
  parseDecimal,
  parseJson,
  portableScheme,
  readProposal,
  rewardOf,
  type SignatureScheme,
  type SignedBallot,
  sha256,
  signedBallot,
  slotSteps,
  type TransactionBody,
  type TransactionContent,
  type TrustedNetwork,
  toDocument,
  WHOLE_SPLIT,
  writeProposal,
} from "@neuroshard/protocol";
export { type ChatWish, chat } from "./actions/chat.ts";
export { type CompletionWish, complete } from "./actions/complete.ts";
export { getAccount } from "./actions/getAccount.ts";
export { getBlock } from "./actions/getBlock.ts";
export { type EarningsQuery, getEarnings } from "./actions/getEarnings.ts";
export { getGenesis } from "./actions/getGenesis.ts";
export { getHealth } from "./actions/getHealth.ts";
export { getLimits } from "./actions/getLimits.ts";
export { getMetrics } from "./actions/getMetrics.ts";
export { getModel } from "./actions/getModel.ts";
export { getNep } from "./actions/getNep.ts";
export { getNepDiff } from "./actions/getNepDiff.ts";
export { getNetworkMap } from "./actions/getNetworkMap.ts";
export { getNode } from "./actions/getNode.ts";
export { getParam } from "./actions/getParam.ts";
export { getParamHistory } from "./actions/getParamHistory.ts";
export { getRound } from "./actions/getRound.ts";
export { getRoundCurve } from "./actions/getRoundCurve.ts";
export { getStateProof } from "./actions/getStateProof.ts";
export { getStatus } from "./actions/getStatus.ts";
export { getSupply } from "./actions/getSupply.ts";
export { getTally } from "./actions/getTally.ts";
export { getTransaction } from "./actions/getTransaction.ts";
export { getTransactionProof } from "./actions/getTransactionProof.ts";
export { listAccountTransactions } from "./actions/listAccountTransactions.ts";
export { listBlocks } from "./actions/listBlocks.ts";
export { type LogsQuery, listLogs } from "./actions/listLogs.ts";
export { listModels } from "./actions/listModels.ts";
export { listNeps } from "./actions/listNeps.ts";
export { listNepTransactions } from "./actions/listNepTransactions.ts";
export { listParams } from "./actions/listParams.ts";
export { listPeers } from "./actions/listPeers.ts";
export { listRounds, type RoundsQuery } from "./actions/listRounds.ts";
export { listValidators } from "./actions/listValidators.ts";
export { listVotes } from "./actions/listVotes.ts";
export { sendTransaction } from "./actions/sendTransaction.ts";
export { setLimits } from "./actions/setLimits.ts";
export { stopNode } from "./actions/stopNode.ts";
export { streamBlocks } from "./actions/streamBlocks.ts";
export { streamChat } from "./actions/streamChat.ts";
export { streamCompletion } from "./actions/streamCompletion.ts";
export { type NodeEvent, streamEvents } from "./actions/streamEvents.ts";
export { type CommittedTransaction, waitForTransaction } from "./actions/waitForTransaction.ts";
export { formatAmount } from "./amounts/formatAmount.ts";
export { type ParsedAmount, parseAmount } from "./amounts/parseAmount.ts";
export type { Endpoint } from "./api/callRoute.ts";
export { describeFault } from "./api/errors/describeFault.ts";
export { isRejectionCode } from "./api/errors/describeRejection.ts";
export { NeuroError, type NeuroErrorCode } from "./api/neuroError.ts";
export type { ChatChunkView, ChatMessage, ChatView } from "./api/openAi/chatSchemas.ts";
export type { CompletionView } from "./api/openAi/completionSchemas.ts";
export type { ServedModelList, ServedModelView } from "./api/openAi/servedModelSchemas.ts";
export { SCOPES, type Scope } from "./api/routes/route.ts";
export type { AccountView } from "./api/schemas/accountViews.ts";
export type { BlockPage, BlockView, HeaderView } from "./api/schemas/blockViews.ts";
export type { BlockEventView, GenesisView, StatusView, SupplyView } from "./api/schemas/chainViews.ts";
export type { CurveView } from "./api/schemas/curveViews.ts";
export type { EarningKind, EarningReason, EarningsView } from "./api/schemas/earningsViews.ts";
export type { FaultView } from "./api/schemas/errorView.ts";
export type { EventKind, RoundEventView } from "./api/schemas/eventViews.ts";
export type { LogEntryView, LogLevel, LogPage } from "./api/schemas/logViews.ts";
export type { ModelView } from "./api/schemas/modelViews.ts";
export type { NepDiffView, NepPage, NepSummary, NepView, TallyView, VotePage } from "./api/schemas/nepViews.ts";
export type { MappedDevice, NetworkMapView } from "./api/schemas/networkMapViews.ts";
export type { PeersView } from "./api/schemas/networkViews.ts";
export type { HealthView, LimitsChange, LimitsView, NodeView, StoppingView } from "./api/schemas/nodeViews.ts";
export type { ParamHistoryView, ParamsView, ParamView } from "./api/schemas/paramViews.ts";
export type { StateProofView, TransactionProofView } from "./api/schemas/proofViews.ts";
export type { RoundsView, RoundView } from "./api/schemas/roundViews.ts";
export type {
  EventView,
  OutcomeView,
  SubmittedView,
  TransactionPage,
  TransactionSummary,
  TransactionView,
} from "./api/schemas/transactionViews.ts";
export type { ValidatorsView } from "./api/schemas/validatorViews.ts";
export { type CallOptions, type Client, createClient } from "./client.ts";
export { formatNepMarkdown } from "./nep/formatNepMarkdown.ts";
export { lintNepMarkdown } from "./nep/lintNepMarkdown.ts";
export { newNepMarkdown } from "./nep/newNepMarkdown.ts";
export { parseNepMarkdown } from "./nep/parseNepMarkdown.ts";
export type { NepProblem, NepProblemCode } from "./nep/problem.ts";
export type { NepMetadata } from "./nep/readNep.ts";
export { type KnownParameter, type KnownParameters, registryParameters } from "./nep/registryParameters.ts";
export { trustedNetworkOf } from "./proofs/trustedNetworkOf.ts";
export { type EntryQuestion, type VerifiedEntry, verifyEntry } from "./proofs/verifyEntry.ts";
export { type TransactionQuestion, type VerifiedTransaction, verifyTransaction } from "./proofs/verifyTransaction.ts";
export { buildTransaction, type TransactionWish } from "./transactions/buildTransaction.ts";
export { type SendOptions, signAndSend } from "./transactions/signAndSend.ts";
export { signBallot } from "./transactions/signBallot.ts";
export { type SignedBytes, signContent } from "./transactions/signContent.ts";
export { type Signer, signerOf } from "./transactions/signer.ts";
