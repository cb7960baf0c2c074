/** Schemas that several routes use stand once, under a name, and are referred to. */
import { nepDocument, nepRecord, paramValue, signedHeader, transaction } from "@neuroshard/protocol";
import type { TSchema } from "typebox";
import { chatChunkView, chatMessage, chatRequest, chatView } from "../openAi/chatSchemas.ts";
import { completionRequest, completionView } from "../openAi/completionSchemas.ts";
import { openAiErrorView } from "../openAi/openAiErrorSchema.ts";
import { servedModelList, servedModelView } from "../openAi/servedModelSchemas.ts";
import { usageView } from "../openAi/textMembers.ts";
import { accountView } from "../schemas/accountViews.ts";
import { blockPage, blockView, headerView } from "../schemas/blockViews.ts";
import { blockEventView, genesisView, snapshotsView, statusView, supplyView } from "../schemas/chainViews.ts";
import { errorView, faultView } from "../schemas/errorView.ts";
import { nepDiffView, nepPage, nepSummary, nepView, tallyView, votePage } from "../schemas/nepViews.ts";
import { paramHistoryView, paramsView, paramView } from "../schemas/paramViews.ts";
import { stateProofView, transactionProofView } from "../schemas/proofViews.ts";
import {
  eventView,
  outcomeView,
  submission,
  submittedView,
  transactionPage,
  transactionSummary,
  transactionView,
} from "../schemas/transactionViews.ts";
import { validatorsView } from "../schemas/validatorViews.ts";

const NAMED: Readonly<Record<string, TSchema>> = {
  Account: accountView,
  Block: blockView,
  BlockEvent: blockEventView,
  BlockPage: blockPage,
  Chat: chatView,
  ChatChunk: chatChunkView,
  ChatMessage: chatMessage,
  ChatRequest: chatRequest,
  Completion: completionView,
  CompletionRequest: completionRequest,
  Error: errorView,
  Event: eventView,
  Fault: faultView,
  Genesis: genesisView,
  Header: headerView,
  Nep: nepView,
  NepDiff: nepDiffView,
  NepPage: nepPage,
  NepSummary: nepSummary,
  OpenAiError: openAiErrorView,
  Outcome: outcomeView,
  Param: paramView,
  ParamHistory: paramHistoryView,
  Params: paramsView,
  ServedModel: servedModelView,
  ServedModelList: servedModelList,
  Snapshots: snapshotsView,
  StateProof: stateProofView,
  Status: statusView,
  Submission: submission,
  Submitted: submittedView,
  Supply: supplyView,
  Tally: tallyView,
  TransactionPage: transactionPage,
  TransactionProof: transactionProofView,
  TransactionState: transactionView,
  TransactionSummary: transactionSummary,
  Usage: usageView,
  Validators: validatorsView,
  VotePage: votePage,
};

/** Protocol values in the JSON form of their codecs. */
const WIRE: Readonly<Record<string, unknown>> = {
  WireNepDocument: nepDocument.jsonSchema,
  WireNepRecord: nepRecord.jsonSchema,
  WireParamValue: paramValue.jsonSchema,
  WireSignedHeader: signedHeader.jsonSchema,
  WireTransaction: transaction.jsonSchema,
};

export interface References {
  /** The schema with references in place of the named schemas in it. */
  use(schema: TSchema): unknown;
  error(): unknown;
  /** What was referred to, by name. */
  schemas(): Readonly<Record<string, unknown>>;
}

export function createReferences(): References {
  const names = new Map<unknown, string>(
    [...Object.entries(NAMED), ...Object.entries(WIRE)].map(([name, schema]) => [schema, name]),
  );
  const used = new Map<string, unknown>();

  function replaced(value: unknown): unknown {
    const name = names.get(value);
    if (name === undefined) return inside(value);
    if (!used.has(name)) {
      used.set(name, undefined);
      used.set(name, inside(value));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  function inside(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member)]));
  }

  return {
    use: replaced,
    error: () => replaced(errorView),
    schemas: () => Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
