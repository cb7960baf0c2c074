/**
 * The node's HTTP surface. Every route of the contract and no other; by default for this machine alone. In this order:
 * may this client ask, is the request what the contract says, then the handler. Hostile input never gets further.
 */
import type { Socket } from "node:net";
import {
  checkRequest,
  describeFault,
  type PeersView,
  ROUTE_IDS,
  ROUTES,
  type Route,
  type RouteId,
  SCOPES,
} from "@neuroshard/sdk/api";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Chain, Submission } from "../chain/chain.ts";
import { systemCode } from "../data/fileFault.ts";
import { NodeError } from "../nodeError.ts";
import { originProblem } from "./checkOrigin.ts";
import { EventStreams } from "./eventStreams.ts";
import type { Handler, HandlerContext, RequestFacts } from "./handlers/handler.ts";
import { HANDLERS } from "./handlers/handlers.ts";
import { notFound, refused } from "./httpFault.ts";
import {
  faultFrom,
  MOST_BODY_BYTES,
  type Report,
  replyBytes,
  replyFault,
  replyJson,
  replyStream,
  replyText,
} from "./replies.ts";
import { Streamed } from "./streamed.ts";
import { type BucketLimits, TokenBuckets } from "./tokenBucket.ts";

export interface HttpOptions {
  readonly chain: Chain;
  /** The address to listen at: by default this machine alone. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Follows another node and takes no transactions. */
  readonly isReadOnly?: boolean;
  /** In place of the chain's own way in: to the peers too. */
  readonly submit?: (bytes: Uint8Array) => Submission;
  /** Of a node that has peers. */
  readonly peersView?: () => PeersView;
  /** By which this node is reached besides its addresses and `localhost`. */
  readonly hostNames?: readonly string[];
  readonly limits?: BucketLimits;
  /** Where faults of the node are told. */
  readonly report?: Report;
}

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 30_000;
const USUAL_LIMITS: BucketLimits = { perSecond: 500, capacity: 2000 };

/** Throws NodeError PORT_IN_USE or BAD_ADDRESS. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { chain, host = "127.0.0.1", port, isReadOnly = false, report = reportOnStderr } = options;
  const { submit = (bytes) => chain.submit(bytes), peersView = () => ({ self: null, peers: [] }) } = options;
  const app = createApp(report);
  const streams = new EventStreams(chain);
  const context: HandlerContext = { chain, isReadOnly, submit, peersView, streams };
  const admission = new TokenBuckets(options.limits ?? USUAL_LIMITS);
  app.addHook("onRequest", async (request) => admit(request, admission, options.hostNames ?? []));
  for (const id of ROUTE_IDS) {
    const url = ROUTES[id].path.replace(/\{(\w+)\}/g, ":$1");
    app.route({ method: ROUTES[id].method, url, handler: answerOf(id, context) });
  }
  async function close(): Promise<void> {
    streams.close();
    await app.close();
  }
  try {
    return { url: await app.listen({ host, port }), close };
  } catch (error) {
    await close();
    throw listenFault(error, `${host}:${port}`);
  }
}

function createApp(report: Report): FastifyInstance {
  const app = Fastify({
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 512 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => replyFault(reply, faultFrom(error, report)),
    clientErrorHandler: (_error, socket) => answerNoise(socket),
  });
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler((error, _request, reply) => replyFault(reply, faultFrom(error, report)));
  app.setNotFoundHandler(async (request) => {
    throw notFound(`${request.method} ${request.url.split("?")[0]}`);
  });
  return app;
}

function admit({ ip, headers }: FastifyRequest, admission: TokenBuckets, hostNames: readonly string[]): void {
  const waitSeconds = admission.take(ip, performance.now());
  if (waitSeconds > 0) throw refused("TOO_MANY_REQUESTS", { retryAfterSeconds: String(Math.ceil(waitSeconds)) });
  const reason = originProblem(headers as { host: string | undefined; origin: string | undefined }, hostNames);
  if (reason !== undefined) throw refused("FORBIDDEN", { reason });
}

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function answerOf(id: RouteId, context: HandlerContext): Answer {
  const { answer } = ROUTES[id] as Route;
  return async (request, reply) => {
    const raw = request as FastifyRequest<{ Params: Record<string, string>; Querystring: Record<string, unknown> }>;
    const checked = checkRequest(id, { params: raw.params, query: raw.query, body: raw.body });
    if (!checked.ok) throw refused("BAD_REQUEST", { path: checked.path, reason: checked.reason });
    const handler = HANDLERS[id] as Handler<RouteId>;
    const answered = await handler(context, checked.input as never, factsOf(reply));
    if (answered instanceof Streamed) return replyStream(reply, answered);
    if (answered instanceof Uint8Array) return replyBytes(reply, answered);
    return answer.kind === "text"
      ? replyText(reply, answered as unknown as string, answer.mediaType)
      : replyJson(reply, answered);
  };
}

function factsOf({ raw }: FastifyReply): RequestFacts {
  const gone = new AbortController();
  raw.once("close", () => {
    if (!raw.writableFinished) gone.abort();
  });
  return { scopes: new Set(SCOPES), signal: gone.signal };
}

/** What is no HTTP gets an answer in the shape of all others, and no more time. */
function answerNoise(socket: Socket): void {
  if (!socket.writable) return;
  const fault = describeFault("BAD_REQUEST", { path: "request", reason: "is no HTTP request that can be read" });
  const body = JSON.stringify({ error: fault });
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
}

function listenFault(error: unknown, place: string): unknown {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new NodeError("PORT_IN_USE", `${place} is in use; stop what listens there, or choose another port`);
    case "EACCES":
      return new NodeError("BAD_ADDRESS", `${place} may not be listened at; choose a port of 1024 or above`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new NodeError(
        "BAD_ADDRESS",
        `${place} is no address of this machine; choose 127.0.0.1 or one that it has`,
      );
    default:
      return error;
  }
}

function reportOnStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
