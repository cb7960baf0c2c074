/** How answers leave: the headers of all of them, results, and errors without a word about the inside. */
import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import type { FastifyError, FastifyReply } from "fastify";
import { HttpFault, notFound, refused } from "./httpFault.ts";
import { isOpenAiPath, openAiError } from "./openAi/openAiError.ts";
import { safeJson } from "./safeJson.ts";
import type { Streamed } from "./streamed.ts";

/** Nothing here is a page, and nothing here may be taken for one or kept by others. */
export const COMMON_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
} as const;

const JSON_TYPE = "application/json; charset=utf-8";

export const MOST_BODY_BYTES = 900_000;

export function replyJson(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.headers(COMMON_HEADERS).type(JSON_TYPE).send(safeJson(value));
}

export function replyBytes(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply.headers(COMMON_HEADERS).type("application/octet-stream").send(Buffer.from(bytes));
}

export function replyText(reply: FastifyReply, text: string, mediaType: string): FastifyReply {
  return reply.headers(COMMON_HEADERS).type(mediaType).send(text);
}

/** From here on the stream writes, and nobody else. */
export function replyStream(reply: FastifyReply, streamed: Streamed): FastifyReply {
  reply.hijack();
  streamed.begin(reply.raw, { ...COMMON_HEADERS, ...(reply.getHeaders() as OutgoingHttpHeaders) });
  return reply;
}

export function replyFault(reply: FastifyReply, { fault, status }: HttpFault): FastifyReply {
  const { retryAfterSeconds: seconds } = fault.data;
  if (seconds !== undefined) reply.header("retry-after", seconds);
  if (status === 401) reply.header("www-authenticate", "Bearer");
  const isOpenAi = isOpenAiPath(reply.request.url);
  return replyJson(reply.code(status), isOpenAi ? openAiError(fault, status) : { error: fault });
}

/** Called with what the log should have of a fault of the node. */
export type Report = (line: string) => void;

export function faultFrom(error: unknown, report: Report): HttpFault {
  if (error instanceof HttpFault) return error;
  const { code = "", statusCode = 500, message } = error as FastifyError;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return refused("TOO_LARGE", { mostBytes: String(MOST_BODY_BYTES) });
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return refused("UNSUPPORTED_MEDIA", { expected: "application/json" });
  if (code === "FST_ERR_BAD_URL") return refused("BAD_REQUEST", { path: "path", reason: "is no valid URL" });
  // Of the files of the dashboard: a name that leads out of their folder, or nowhere.
  if (statusCode === 403 || statusCode === 404) return notFound("file of that name");
  if (statusCode >= 400 && statusCode < 500)
    return refused("BAD_REQUEST", { path: "body", reason: `cannot be read (${message})` });
  const reference = randomUUID();
  report(`http ${reference}: ${error instanceof Error ? error.stack : String(error)}`);
  return refused("INTERNAL", { reference });
}
