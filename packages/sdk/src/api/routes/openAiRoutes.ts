/** Routes that write texts, as OpenAI's clients call them. */
import { Type } from "typebox";
import type { ApiErrorCode } from "../errors/apiErrorCode.ts";
import { chatChunkView, chatRequest, chatView } from "../openAi/chatSchemas.ts";
import { completionRequest, completionView } from "../openAi/completionSchemas.ts";
import { servedModelList, servedModelView } from "../openAi/servedModelSchemas.ts";
import { closedObject } from "../schemas/primitives.ts";
import { NOTHING, type Route } from "./route.ts";

const TEXT_ERRORS = [
  "CONTEXT_LENGTH_EXCEEDED",
  "MODEL_NOT_FOUND",
  "MODEL_NOT_READY",
  "TOO_LARGE",
  "UNSUPPORTED_MEDIA",
] as const satisfies readonly ApiErrorCode[];

export const openAiRoutes = {
  listServedModels: {
    method: "GET",
    path: "/v1/models",
    group: "serving",
    scope: "serve",
    summary: "What this node writes with; empty before there is a model",
    params: NOTHING,
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: servedModelList },
    errors: [],
  },
  getServedModel: {
    method: "GET",
    path: "/v1/models/{model}",
    group: "serving",
    scope: "serve",
    summary: "One of them",
    params: closedObject({ model: Type.String({ maxLength: 128 }) }),
    query: NOTHING,
    body: null,
    answer: { kind: "json", schema: servedModelView },
    errors: ["MODEL_NOT_FOUND", "MODEL_NOT_READY"],
  },
  createCompletion: {
    method: "POST",
    path: "/v1/completions",
    group: "serving",
    scope: "serve",
    summary: "Go on with a text",
    params: NOTHING,
    query: NOTHING,
    body: completionRequest,
    answer: { kind: "json", schema: completionView, streamed: completionView },
    errors: TEXT_ERRORS,
  },
  createChatCompletion: {
    method: "POST",
    path: "/v1/chat/completions",
    group: "serving",
    scope: "serve",
    summary: "Answer in a conversation",
    params: NOTHING,
    query: NOTHING,
    body: chatRequest,
    answer: { kind: "json", schema: chatView, streamed: chatChunkView },
    errors: TEXT_ERRORS,
  },
} as const satisfies Readonly<Record<string, Route>>;
