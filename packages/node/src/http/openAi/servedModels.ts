/** Which model a client means, and what is told of it. */
import type { ServedModelView } from "@neuroshard/sdk/api";
import type { ServedModel } from "../../serving/offeredModels.ts";
import type { Serving, Writer } from "../../serving/startServing.ts";
import type { HandlerContext } from "../handlers/handler.ts";
import { refused } from "../httpFault.ts";

const NEWEST = "neuroshard";
const FINGERPRINT_DIGITS = 16;
const MS_PER_SECOND = 1000;
/** A model is loaded in a moment; data of the training comes from peers. */
const LOADING_SECONDS = "1";
const FETCHING_SECONDS = "5";

/** A node that can write now. */
export interface ReadyWriter extends Writer {
  readonly model: ServedModel;
  /** Most tokens of prompt and text together. */
  readonly context: number;
}

export function modelId({ round }: ServedModel): string {
  return `${NEWEST}-${round}`;
}

export function fingerprintOf({ digest }: ServedModel): string {
  return `ns-${digest.slice(0, FINGERPRINT_DIGITS)}`;
}

export function modelViews(context: HandlerContext): ServedModelView[] {
  const model = context.serving?.model;
  if (context.serving === undefined || model === undefined) return [];
  return [NEWEST, modelId(model)].map((id) => viewOf(context, context.serving!, model, id));
}

function viewOf({ chain }: HandlerContext, { training }: Serving, model: ServedModel, id: string): ServedModelView {
  const created = Math.floor(chain.genesis.createdAtMs / MS_PER_SECOND);
  return { id, object: "model", created, owned_by: NEWEST, ...model, context: training.context };
}

/** Throws HttpFault UNAVAILABLE, MODEL_NOT_READY. */
export function requireWriter({ serving }: HandlerContext): ReadyWriter {
  if (serving === undefined) throw refused("UNAVAILABLE", { reason: "this node serves no model" });
  const { writer, training } = serving;
  if (writer === undefined) {
    const reason = "the model of the network is not here yet";
    throw refused("MODEL_NOT_READY", { reason, retryAfterSeconds: FETCHING_SECONDS });
  }
  const { model } = writer.server;
  if (model === undefined) {
    throw refused("MODEL_NOT_READY", { reason: "the model is being loaded", retryAfterSeconds: LOADING_SECONDS });
  }
  return { ...writer, model, context: training.context };
}

/** Throws HttpFault MODEL_NOT_FOUND. */
export function requireModel({ model }: ReadyWriter, asked: string): void {
  if (asked !== NEWEST && asked !== modelId(model)) throw refused("MODEL_NOT_FOUND", { model: asked.slice(0, 128) });
}
