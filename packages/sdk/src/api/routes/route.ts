/** What the contract says about one route. */
import { type Static, type TObject, type TSchema, Type } from "typebox";
import type { ApiErrorCode } from "../errors/apiErrorCode.ts";

export const API_PREFIX = "/api/v1";

/** `json`: one object. `bytes`: application/octet-stream. `events`: a stream of objects that does not end. */
export type Answer =
  | { readonly kind: "json" | "events"; readonly schema: TSchema }
  | { readonly kind: "bytes"; readonly description: string };

export interface Route {
  readonly method: "GET" | "POST";
  /** Below the prefix; `{name}` is a member of `params`. */
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
    | "rounds";
  readonly summary: string;
  readonly params: TObject;
  readonly query: TObject;
  readonly body: TSchema | null;
  readonly answer: Answer;
  /** What it can answer besides `GENERAL_ERRORS`. */
  readonly errors: readonly ApiErrorCode[];
}

/** What any route can answer. */
export const GENERAL_ERRORS = [
  "BAD_REQUEST",
  "FORBIDDEN",
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
  : Uint8Array;
