/** The text of a token, which its holder alone has, and the digest of it, which is all that the node keeps. */
import { createHash, randomBytes } from "node:crypto";
import type { Scope } from "@neuroshard/sdk/api";
import { Secret } from "../wallet/secret.ts";

/** A token as the node knows it. */
export interface AccessToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the text, 64 hexadecimal digits. The text has 256 bits of chance, so it needs no slow hash. */
  readonly digest: string;
  readonly createdAtMs: number;
}

const RANDOM_BYTES = 32;

/** `nst_` lets scanners for leaked secrets know it. */
export const TOKEN_TEXT = /^nst_[A-Za-z0-9_-]{43}$/;

export function newTokenText(): Secret<string> {
  return new Secret(`nst_${randomBytes(RANDOM_BYTES).toString("base64url")}`);
}

export function tokenDigest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
