/**
 * The node's HTTP surface. Every route of the contract and no other; by default for this machine alone. In this order:
 * may this client ask, is the request what the contract says, then the handler. Hostile input never gets further.
 */
import { isIPv4, type Socket } from "node:net";
import { describeFault, type PeersView, ROUTE_IDS, ROUTES, type Route, type Scope } from "@neuroshard/sdk/api";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import type { Chain, Submission } from "../chain/chain.ts";
import { systemCode } from "../data/fileFault.ts";
import { openLog } from "../logs/openLog.ts";
import { NodeError } from "../nodeError.ts";
import { NodeOperation } from "../operation/nodeOperation.ts";
import type { Serving } from "../serving/startServing.ts";
import { type AccessRules, type Admission, createAdmission, type Visitor } from "./admission.ts";
import { answerRoute } from "./answerRoute.ts";
import { countRequests } from "./countRequests.ts";
import { EventStreams } from "./eventStreams.ts";
import type { HandlerContext } from "./handlers/handler.ts";
import { notFound } from "./httpFault.ts";
import { IdempotentAnswers } from "./idempotency.ts";
import { faultFrom, MOST_BODY_BYTES, type Report, replyFault } from "./replies.ts";
import { DASHBOARD_FOLDER, serveDashboard } from "./serveDashboard.ts";
import type { BucketLimits } from "./tokenBucket.ts";

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
  /** Who may ask for what; by default what a loopback address allows, and no tokens. */
  readonly access?: Partial<Omit<AccessRules, "isLoopback">>;
  readonly limits?: BucketLimits;
  /** Of the built dashboard; by default that of this clone. */
  readonly dashboardFolder?: string;
  /** Of a whole node; without it, what the chain tells. */
  readonly operation?: NodeOperation;
  /** Of a node that writes texts. */
  readonly serving?: Serving | undefined;
  /** Where faults of the node are told; its log if not given. */
  readonly report?: Report;
}

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** How long whoever speaks no HTTP may take to go. */
const NOISE_MS = 2000;
const REQUEST_TIMEOUT_MS = 30_000;
const NO_ACCESS = { hostNames: [], corsOrigins: [], publicScopes: [], tokens: { find: () => undefined } } as const;
const USUAL_LIMITS: BucketLimits = { perSecond: 500, capacity: 2000 };

/** Throws NodeError PORT_IN_USE or BAD_ADDRESS. */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { chain, host = "127.0.0.1", port, isReadOnly = false } = options;
  const { submit = (bytes) => chain.submit(bytes), peersView = () => ({ self: null, peers: [] }) } = options;
  const operation = options.operation ?? new NodeOperation({ chain, log: openLog({ home: undefined }) });
  const { report = (line) => operation.log.error("http", line) } = options;
  const app = createApp(report);
  countRequests(app, operation);
  const streams = new EventStreams(chain, operation);
  const context: HandlerContext = {
    chain,
    isReadOnly,
    submit,
    peersView,
    streams,
    operation,
    serving: options.serving,
  };
  const access = { ...NO_ACCESS, ...options.access };
  // A name is for others, whom a proxy on this machine lets in.
  const rules: AccessRules = { ...access, isLoopback: isLoopbackHost(host) && access.hostNames.length === 0 };
  addRoutes(app, createAdmission(rules, options.limits ?? USUAL_LIMITS), context);
  await serveDashboard(app, options.dashboardFolder ?? DASHBOARD_FOLDER);
  async function close(): Promise<void> {
    streams.close();
    if (options.operation === undefined) operation.stop();
    await app.close();
  }
  try {
    return { url: await app.listen({ host, port }), close };
  } catch (error) {
    await close();
    throw listenFault(error, `${host}:${port}`);
  }
}

/** In front of every request stands the admission; what is no route needs no scope. */
function addRoutes(app: FastifyInstance, admission: Admission, context: HandlerContext): void {
  const visitors = new WeakMap<FastifyRequest, Visitor>();
  app.addHook("onRequest", async (request, reply) => {
    const { scope = null } = request.routeOptions.config as { readonly scope?: Scope | null };
    const visitor = admission.admit(request, reply, scope);
    // A request for leave to ask has had its answer.
    if (visitor === undefined) return reply;
    visitors.set(request, visitor);
  });
  const answers = new IdempotentAnswers();
  for (const id of ROUTE_IDS) {
    const { method, path, scope } = ROUTES[id] as Route;
    const url = path.replace(/\{(\w+)\}/g, ":$1");
    const answer = answerRoute(id, context, answers);
    app.route({
      ...{ method, url, config: { scope } },
      handler: async (request, reply) => answer(request, reply, visitors.get(request)!),
    });
  }
}

function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
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
    // What says nothing of a host is answered like all else.
    http: { requireHostHeader: false },
  });
  // No proxy, and no expectation but one: Node would close without an answer, or answer without a reason.
  app.server.on("connect", (_request, socket: Socket) => answerNoise(socket));
  app.server.on("checkExpectation", (request) => answerNoise(request.socket));
  app.removeContentTypeParser("text/plain");
  app.setErrorHandler((error, _request, reply) => replyFault(reply, faultFrom(error, report)));
  app.setNotFoundHandler(answerUnknown);
  // Before anything looks for a file of that name.
  for (const url of ["/api", "/api/*", "/v1", "/v1/*"]) app.all(url, answerUnknown);
  return app;
}

async function answerUnknown({ method, url }: FastifyRequest): Promise<never> {
  throw notFound(`${method} ${url.split("?")[0]}`);
}

/** What is no HTTP gets an answer in the shape of all others, and no more time. */
function answerNoise(socket: Socket): void {
  if (!socket.writable) return;
  // A socket that was handed over has nobody else who listens to its end.
  socket.once("error", () => socket.destroy());
  // What it still sends is read and dropped: unread, it would hide that the other side has gone.
  socket.resume().setTimeout(NOISE_MS, () => socket.destroy());
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
