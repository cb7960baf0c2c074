/** One call of one route. The answer is checked against the contract before anybody believes it. */
import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import { NeuroError } from "./neuroError.ts";
import { type OpenAiErrorView, openAiErrorView } from "./openAi/openAiErrorSchema.ts";
import { readAtMost } from "./readAtMost.ts";
import type { Route } from "./routes/route.ts";
import { ROUTES, type RouteAnswer, type RouteId, type RouteInput } from "./routes/routes.ts";
import { errorView, type FaultView } from "./schemas/errorView.ts";
import { urlOf } from "./urlOf.ts";

export interface Endpoint {
  /** Where the node listens, without a path: `http://127.0.0.1:8765`. */
  readonly baseUrl: string;
  /** Of `neuroshard token create`; a node on the same machine needs one only for what changes it. */
  readonly token?: string | undefined;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeoutMs?: number | undefined;
}

const USUAL_TIMEOUT_MS = 10_000;
/** The largest answer is a block. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024;

/** Throws NeuroError; what `signal` was aborted with where it was. */
export async function callRoute<Id extends RouteId>(
  endpoint: Endpoint,
  id: Id,
  input: RouteInput<Id>,
  signal?: AbortSignal,
): Promise<RouteAnswer<Id>> {
  const response = await sendRequest(endpoint, id, input, signal);
  const bytes = await receiving(endpoint, signal, () => readAtMost(response, MOST_ANSWER_BYTES));
  if (!response.ok) throw errorOf(bytes, response.status);
  const { answer } = ROUTES[id] as Route;
  if (answer.kind === "bytes") return bytes as RouteAnswer<Id>;
  if (answer.kind === "text") return new TextDecoder().decode(bytes) as RouteAnswer<Id>;
  const json = parseJson(bytes);
  if (validatorOf(id, answer.schema).Check(json)) return json as RouteAnswer<Id>;
  throw badAnswer(`${ROUTES[id].path} does not follow the contract`, response.status);
}

/** The answer's head; its body is still to be read. */
export async function sendRequest<Id extends RouteId>(
  endpoint: Endpoint,
  id: Id,
  input: RouteInput<Id>,
  signal?: AbortSignal,
): Promise<Response> {
  const { fetch = globalThis.fetch, timeoutMs = USUAL_TIMEOUT_MS } = endpoint;
  const body = "body" in input ? JSON.stringify(input.body) : undefined;
  const { answer } = ROUTES[id] as Route;
  // A text takes as long as it takes; who does not want to wait has a signal.
  const isEndless = answer.kind === "events" || (answer.kind === "json" && answer.streamed !== undefined);
  const signals = [...(isEndless ? [] : [AbortSignal.timeout(timeoutMs)]), ...(signal === undefined ? [] : [signal])];
  return receiving(endpoint, signal, () =>
    fetch(new URL(urlOf(id, input), endpoint.baseUrl), {
      method: ROUTES[id].method,
      redirect: "error",
      signal: AbortSignal.any(signals),
      headers: headersOf(endpoint, body !== undefined),
      ...(body !== undefined && { body }),
    }),
  );
}

/** The token travels in this header alone: addresses end up in logs and histories. */
function headersOf({ token, headers }: Endpoint, hasBody: boolean): Readonly<Record<string, string>> {
  return {
    ...headers,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(hasBody && { "content-type": "application/json" }),
  };
}

/** An answer that is no success, as an error. */
export function errorOf(bytes: Uint8Array, status: number): NeuroError {
  const json = parseJson(bytes);
  if (openAiErrorValidator.Check(json)) return errorFromOpenAi(json as OpenAiErrorView, status);
  if (!errorValidator.Check(json)) return badAnswer(`status ${status} came without an error object`, status);
  const { code, message, data } = (json as { readonly error: FaultView }).error;
  return new NeuroError({ code: code as NeuroError["code"], message, data, status });
}

/** The same code and figures, in the shape of the routes that OpenAI's clients call. */
function errorFromOpenAi({ error: { code, message, data } }: OpenAiErrorView, status: number): NeuroError {
  return new NeuroError({ code: code.toUpperCase() as NeuroError["code"], message, data, status });
}

async function receiving<T>(endpoint: Endpoint, signal: AbortSignal | undefined, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    if (error instanceof NeuroError) throw error;
    throw withoutAnswer(endpoint, error);
  }
}

function withoutAnswer({ baseUrl, timeoutMs = USUAL_TIMEOUT_MS }: Endpoint, cause: unknown): NeuroError {
  const isLate = cause instanceof Error && cause.name === "TimeoutError";
  return isLate
    ? new NeuroError({
        code: "TIMED_OUT",
        message: `${baseUrl} did not answer within ${timeoutMs} ms; try again`,
        cause,
      })
    : new NeuroError({
        code: "UNREACHABLE",
        message: `${baseUrl} cannot be reached; start a node there, or name another`,
        cause,
      });
}

function badAnswer(what: string, status: number): NeuroError {
  const message = `the answer is none of a NeuroShard node (${what}); check the address, and that both have the same version`;
  return new NeuroError({ code: "BAD_ANSWER", message, status });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

const errorValidator: Validator = Compile(errorView);
const openAiErrorValidator: Validator = Compile(openAiErrorView);
const validators = new Map<RouteId, Validator>();

function validatorOf(id: RouteId, schema: TSchema): Validator {
  const known = validators.get(id) ?? Compile(schema);
  validators.set(id, known);
  return known;
}
