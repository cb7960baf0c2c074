/** What the contract says about one route. */
import { type Static, type TObject, type TSchema, Type } from "typebox";
import type { ApiErrorCode } from "../errors/apiErrorCode.ts";

/** What a token allows. `read`: look. `serve`: use the model. `wallet`: hand in transactions. `admin`: change this node. */
export const SCOPES = ["read", "serve", "wallet", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * `json`: one object; where the request asks for a stream, objects of `streamed` as server-sent events. `events`: such a
 * stream always. `bytes`: application/octet-stream. `text`: of the media type that it names.
 */
export type Answer =
  | { readonly kind: "json"; readonly schema: TSchema; readonly streamed?: TSchema }
  | { readonly kind: "events"; readonly schema: TSchema }
  | { readonly kind: "bytes"; readonly description: string }
  | { readonly kind: "text"; readonly mediaType: string; readonly description: string };

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** From the root; `{name}` is a member of `params`. */
  readonly path: string;
  readonly group:
    | "chain"
    | "blocks"
    | "accounts"
    | "transactions"
    | "validators"
    | "params"
    | "neps"
    | "proofs"
    | "network"
    | "rounds"
    | "model"
    | "node"
    | "serving";
  /** What the client must be allowed; null: whoever can reach the node. */
  readonly scope: Scope | null;
  readonly summary: string;
  readonly params: TObject;
  readonly query: TObject;
  readonly body: TSchema | null;
  /** Takes an `Idempotency-Key`: under the same key, the same body has the first answer again. */
  readonly takesKey?: true;
  readonly answer: Answer;
  /** What it can answer besides `GENERAL_ERRORS`. */
  readonly errors: readonly ApiErrorCode[];
}

/** What any route can answer. */
export const GENERAL_ERRORS = [
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "SCOPE_MISSING",
  "TOO_MANY_REQUESTS",
  "UNAVAILABLE",
  "INTERNAL",
] as const satisfies readonly ApiErrorCode[];

export const NOTHING = Type.Object({}, { additionalProperties: false });

type BodyOf<B> = B extends TSchema ? { readonly body: Static<B> } : unknown;

/** What a handler gets: checked against the contract. */
export type InputOf<R extends Route> = {
  readonly params: Static<R["params"]>;
  readonly query: Static<R["query"]>;
} & BodyOf<R["body"]>;

export type AnswerOf<R extends Route> = R["answer"] extends { readonly schema: infer S extends TSchema }
  ? Static<S>
  : R["answer"] extends { readonly kind: "text" }
    ? string
    : Uint8Array;
