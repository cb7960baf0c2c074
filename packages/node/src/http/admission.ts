/** The first thing that happens to a request, before its body is read: is it too many, is it from elsewhere, may it do that. */
import type { Scope } from "@neuroshard/sdk/api";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AccessQuestion, decideAccess } from "../access/accessPolicy.ts";
import type { TokenFinder } from "../access/tokenRegister.ts";
import { checkOrigin, type OriginAnswer, type OriginRules } from "./checkOrigin.ts";
import { clientName } from "./clientName.ts";
import { corsHeaders, isPreflight, preflightHeaders } from "./corsHeaders.ts";
import { refused } from "./httpFault.ts";
import { COMMON_HEADERS } from "./replies.ts";
import { type BucketLimits, TokenBuckets } from "./tokenBucket.ts";

export interface AccessRules extends OriginRules {
  readonly isLoopback: boolean;
  /** What everybody may do without a token, where the node listens on more than a loopback address. */
  readonly publicScopes: readonly Scope[];
  readonly tokens: TokenFinder;
}

/** Who a request is from, and what it may do. */
export interface Visitor {
  /** Its token by name, or its address. */
  readonly client: string;
  readonly scopes: ReadonlySet<Scope>;
}

export interface Admission {
  /** Undefined: it has had its answer. Throws HttpFault. @param needed Of the route; undefined where there is none. */
  admit(request: FastifyRequest, reply: FastifyReply, needed: Scope | null): Visitor | undefined;
}

const BEARER = /^Bearer +([\w~+/.=-]{1,512})$/i;

export function createAdmission(rules: AccessRules, limits: BucketLimits): Admission {
  const buckets = new TokenBuckets(limits);
  return {
    admit(request, reply, needed) {
      const { method, headers } = request;
      const origin = checkOrigin({ host: headers.host, origin: headers.origin }, rules);
      if (origin.kind === "foreign") reply.headers(corsHeaders(origin.origin));
      const known = tokenOf(headers.authorization, rules.tokens);
      const client = typeof known === "string" ? `address ${clientName(request.ip)}` : `token ${known.name}`;
      takeFrom(buckets, client);
      if (origin.kind === "refused") throw refused("FORBIDDEN", { reason: origin.reason });
      if (origin.kind === "foreign" && isPreflight(method, headers)) {
        reply.code(204).headers(COMMON_HEADERS).headers(preflightHeaders(origin.origin, headers)).send();
        return undefined;
      }
      const token = typeof known === "string" ? known : known.scopes;
      return { client, scopes: allowedTo(needed, token, origin, rules) };
    },
  };
}

/** Throws HttpFault where the wanted scope is not among them. */
function allowedTo(
  needed: Scope | null,
  token: AccessQuestion["token"],
  origin: OriginAnswer,
  { isLoopback, publicScopes }: AccessRules,
): ReadonlySet<Scope> {
  const answer = decideAccess({ needed, token, isLoopback, isForeignPage: origin.kind === "foreign", publicScopes });
  switch (answer.kind) {
    case "allowed":
      return new Set(answer.scopes);
    case "unauthorized":
      throw refused("UNAUTHORIZED", { reason: answer.reason });
    case "missing":
      throw refused("SCOPE_MISSING", { needed: answer.needed });
    default:
      return answer satisfies never;
  }
}

function tokenOf(header: string | undefined, tokens: TokenFinder) {
  if (header === undefined) return "none";
  const text = BEARER.exec(header)?.[1];
  return (text !== undefined && tokens.find(text)) || "unknown";
}

function takeFrom(buckets: TokenBuckets, client: string): void {
  const waitSeconds = buckets.take(client, performance.now());
  if (waitSeconds > 0) throw refused("TOO_MANY_REQUESTS", { retryAfterSeconds: String(Math.ceil(waitSeconds)) });
}
