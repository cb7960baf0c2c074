/**
 * The HTTP contract as data: routes with their schemas, errors with their words. Reading order: routes/routes,
 * errors/apiErrorCode, schemas/.
 */
export { callRoute, type Endpoint } from "./callRoute.ts";
export { type CheckedRequest, checkRequest, type RawRequest } from "./checkRequest.ts";
export { type ApiErrorCode, httpStatusOf, type RefusalCode, type Refusals } from "./errors/apiErrorCode.ts";
export { describeFault } from "./errors/describeFault.ts";
export { REJECTION_CODES } from "./errors/describeRejection.ts";
export { NeuroError, type NeuroErrorCode } from "./neuroError.ts";
export type { ChatMessage, ChatRequest } from "./openAi/chatSchemas.ts";
export type { CompletionRequest } from "./openAi/completionSchemas.ts";
export type { ServedModelView } from "./openAi/servedModelSchemas.ts";
export type { UsageView } from "./openAi/textMembers.ts";
export { openApiDocument } from "./openApi/openApiDocument.ts";
export { type Route, SCOPES, type Scope } from "./routes/route.ts";
export { ROUTE_IDS, ROUTES, type RouteAnswer, type RouteId, type RouteInput } from "./routes/routes.ts";
export type { AccountView } from "./schemas/accountViews.ts";
export type { BlockPage, BlockView, HeaderView } from "./schemas/blockViews.ts";
export type {
  BlockEventView,
  GenesisView,
  StatusView,
  SupplyView,
} from "./schemas/chainViews.ts";
export type { CurveView } from "./schemas/curveViews.ts";
export {
  EARNING_KINDS,
  type EarningKind,
  type EarningReason,
  type EarningsView,
} from "./schemas/earningsViews.ts";
export type { FaultView } from "./schemas/errorView.ts";
export type { EventKind, RoundEventView } from "./schemas/eventViews.ts";
export type { JsonOf } from "./schemas/jsonOf.ts";
export type { LogEntryView, LogLevel, LogPage } from "./schemas/logViews.ts";
export type { ModelView } from "./schemas/modelViews.ts";
export type {
  NepDiffView,
  NepPage,
  NepSummary,
  NepView,
  TallyView,
  VotePage,
} from "./schemas/nepViews.ts";
export type { MappedDevice, NetworkMapView } from "./schemas/networkMapViews.ts";
export type { PeersView } from "./schemas/networkViews.ts";
export type { HealthView, LimitsChange, LimitsView, NodeView, StoppingView } from "./schemas/nodeViews.ts";
export type { ParamHistoryView, ParamsView, ParamView } from "./schemas/paramViews.ts";
export { USUAL_PAGE_ITEMS } from "./schemas/primitives.ts";
export type { StateProofView, TransactionProofView } from "./schemas/proofViews.ts";
export type {
  EventView,
  OutcomeView,
  SubmittedView,
  TransactionPage,
  TransactionSummary,
  TransactionView,
} from "./schemas/transactionViews.ts";
export type { ValidatorsView } from "./schemas/validatorViews.ts";
