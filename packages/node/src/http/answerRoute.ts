/** One route of the contract: whether the request follows it, the handler, and the answer in the form that it has. */
import { checkRequest, ROUTES, type Route, type RouteId, type RouteInput } from "@neuroshard/sdk/api";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Visitor } from "./admission.ts";
import type { Answered, Handler, HandlerContext, RequestFacts } from "./handlers/handler.ts";
import { HANDLERS } from "./handlers/handlers.ts";
import { refused } from "./httpFault.ts";
import { type IdempotentAnswers, readIdempotencyKey } from "./idempotency.ts";
import { replyBytes, replyJson, replyStream, replyText } from "./replies.ts";
import { Streamed } from "./streamed.ts";

type Answer = (request: FastifyRequest, reply: FastifyReply, visitor: Visitor) => Promise<FastifyReply>;

export function answerRoute(id: RouteId, context: HandlerContext, keyed: IdempotentAnswers): Answer {
  const { takesKey } = ROUTES[id] as Route;
  const handler = HANDLERS[id] as Handler<RouteId>;
  return async (request, reply, { client, scopes }) => {
    const input = inputOf(id, request);
    const act = async () => handler(context, input, factsOf(reply, scopes));
    const key = takesKey === true ? readIdempotencyKey(request.headers["idempotency-key"]) : undefined;
    if (key === undefined) return send(id, reply, await act());
    const { value, isRepeated } = await keyed.answer({ client, key, routeId: id, body: request.body }, act);
    if (isRepeated) reply.header("idempotency-replayed", "true");
    return send(id, reply, value as Answered<RouteId>);
  };
}

function inputOf(id: RouteId, { params, query, body }: FastifyRequest): RouteInput<RouteId> {
  type Texts = Readonly<Record<string, unknown>>;
  const checked = checkRequest(id, { params: params as Texts, query: query as Texts, body });
  if (!checked.ok) throw refused("BAD_REQUEST", { path: checked.path, reason: checked.reason });
  return checked.input;
}

function send(id: RouteId, reply: FastifyReply, answered: Answered<RouteId>): FastifyReply {
  const { answer } = ROUTES[id] as Route;
  if (answered instanceof Streamed) return replyStream(reply, answered);
  if (answered instanceof Uint8Array) return replyBytes(reply, answered);
  if (answer.kind === "text") return replyText(reply, answered as unknown as string, answer.mediaType);
  return replyJson(reply, answered);
}

function factsOf({ raw }: FastifyReply, scopes: RequestFacts["scopes"]): RequestFacts {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort();
  });
  return { scopes, signal: gone.signal };
}
