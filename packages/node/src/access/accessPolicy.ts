/** Who may do what, as one function of what is known about a request. */
import type { Scope } from "@neuroshard/sdk/api";

export interface AccessQuestion {
  /** What the route needs; null: nothing. */
  readonly needed: Scope | null;
  /** What the client's token allows; `none`: it sent none, `unknown`: one that is not on the list. */
  readonly token: readonly Scope[] | "none" | "unknown";
  /** The node listens on a loopback address: whoever asks is on this machine. */
  readonly isLoopback: boolean;
  /** Asked by a page of another site that the operator has allowed. */
  readonly isForeignPage: boolean;
  /** What the operator gives to everybody. */
  readonly publicScopes: readonly Scope[];
}

export type AccessAnswer =
  | { readonly kind: "allowed"; readonly scopes: readonly Scope[] }
  | { readonly kind: "unauthorized"; readonly reason: string }
  | { readonly kind: "missing"; readonly needed: Scope };

/** `wallet` is among them: a transaction is signed by its sender, who needs no leave of the node. */
const LOOPBACK_SCOPES: readonly Scope[] = ["read", "serve", "wallet"];

export function decideAccess({ needed, token, ...question }: AccessQuestion): AccessAnswer {
  const free = freeScopes(question);
  if (typeof token === "string") {
    if (needed === null || (token === "none" && free.includes(needed))) return { kind: "allowed", scopes: free };
    const reason = token === "none" ? "this needs a token" : "the token is unknown to this node, or revoked";
    return { kind: "unauthorized", reason };
  }
  const scopes = [...new Set([...free, ...token])];
  return needed === null || scopes.includes(needed) ? { kind: "allowed", scopes } : { kind: "missing", needed };
}

/** Without a token. Never `admin`; and nothing for pages of other sites, which anybody's browser may show. */
function freeScopes({ isLoopback, isForeignPage, publicScopes }: Omit<AccessQuestion, "needed" | "token">): Scope[] {
  if (isForeignPage) return [];
  return (isLoopback ? LOOPBACK_SCOPES : publicScopes).filter((scope) => scope !== "admin");
}
