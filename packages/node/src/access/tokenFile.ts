/** `tokens.json` of a home: who may ask this node for what. It holds digests, never a token. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SCOPES, type Scope } from "@neuroshard/sdk/api";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import { NodeError, UsageError } from "../nodeError.ts";
import { readSecretFile } from "../wallet/readSecretFile.ts";
import type { Secret } from "../wallet/secret.ts";
import { type AccessToken, newTokenText, tokenDigest } from "./accessToken.ts";

const FORMAT = 1;
const FILE_MODE = 0o600;
/** What fits the most that a file of secrets may have. */
const MOST_TOKENS = 200;
const NAME = /^[a-z0-9][a-z0-9._-]{0,31}$/;
const DIGEST = /^[0-9a-f]{64}$/;

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
}

export interface CreatedToken extends AccessToken {
  /** Shown once; it cannot be had again. */
  readonly text: Secret<string>;
}

export function tokensPath(home: string): string {
  return join(home, "tokens.json");
}

/** None where there is no file. Throws NodeError BAD_TOKENS or EXPOSED_SECRET, and DataError UNREADABLE. */
export async function readTokens(home: string): Promise<readonly AccessToken[]> {
  const path = tokensPath(home);
  return existsSync(path) ? parseTokens((await readSecretFile(path)).reveal(), path) : [];
}

/** Throws NodeError NO_NETWORK, BAD_OPTION, TOKEN_KNOWN or what `readTokens` throws, and DataError CANNOT_WRITE. */
export async function createToken(home: string, { name, scopes }: NewToken): Promise<CreatedToken> {
  if (!existsSync(home)) throw new NodeError("NO_NETWORK", `${home} does not exist; start a node there first`);
  if (!NAME.test(name)) {
    const form = "small letters, digits, dots and dashes, at most 32";
    throw new UsageError(`'${name.slice(0, 40)}' cannot be the name of a token; use ${form}`);
  }
  const tokens = await readTokens(home);
  if (tokens.some((token) => token.name === name)) {
    throw new NodeError("TOKEN_KNOWN", `there is a token ${name} already; choose another name, or revoke it first`);
  }
  if (tokens.length >= MOST_TOKENS) {
    throw new NodeError("TOKEN_KNOWN", `there are ${MOST_TOKENS} tokens already; revoke those that nobody uses`);
  }
  const text = newTokenText();
  const digest = tokenDigest(text.reveal()).toString("hex");
  const made: AccessToken = { name, scopes, digest, createdAtMs: Date.now() };
  await writeTokens(home, [...tokens, made]);
  return { ...made, text };
}

/** Throws NodeError TOKEN_UNKNOWN or what `readTokens` throws, and DataError CANNOT_WRITE. */
export async function removeToken(home: string, name: string): Promise<AccessToken> {
  const tokens = await readTokens(home);
  const revoked = tokens.find((token) => token.name === name);
  if (revoked === undefined) {
    const cause = `${tokensPath(home)} holds no token ${name.slice(0, 40)}`;
    throw new NodeError("TOKEN_UNKNOWN", `${cause}; see \`neuroshard token list\``);
  }
  await writeTokens(
    home,
    tokens.filter((token) => token !== revoked),
  );
  return revoked;
}

/** Throws NodeError BAD_TOKENS. The parser's own message is dropped: it would quote the file. */
export function parseTokens(text: string, path: string): readonly AccessToken[] {
  let content: { readonly format?: unknown; readonly tokens?: unknown } | null;
  try {
    content = JSON.parse(text);
  } catch {
    throw bad(path, "is no JSON");
  }
  if (content?.format !== FORMAT) throw bad(path, `is not of format ${FORMAT}`);
  const { tokens } = content;
  if (!Array.isArray(tokens) || tokens.length > MOST_TOKENS) throw bad(path, "has no list of tokens that can be read");
  const read = tokens.map(readToken);
  const fault = read.indexOf(undefined);
  if (fault >= 0) throw bad(path, `has a token, number ${fault + 1}, that cannot be read`);
  const known = read as AccessToken[];
  if (new Set(known.map(({ name }) => name)).size < known.length) throw bad(path, "names a token twice");
  return known;
}

function readToken(value: unknown): AccessToken | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, scopes, sha256, createdAtMs } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || !NAME.test(name)) return undefined;
  if (typeof sha256 !== "string" || !DIGEST.test(sha256)) return undefined;
  if (!Number.isSafeInteger(createdAtMs)) return undefined;
  if (!Array.isArray(scopes) || !scopes.every((scope) => SCOPES.includes(scope))) return undefined;
  return { name, scopes, digest: sha256, createdAtMs: createdAtMs as number };
}

function bad(path: string, what: string): NodeError {
  return new NodeError("BAD_TOKENS", `${path} ${what}; put back a copy, or remove it and make the tokens anew`);
}

async function writeTokens(home: string, tokens: readonly AccessToken[]): Promise<void> {
  const content = { format: FORMAT, tokens: tokens.map(({ digest, ...token }) => ({ ...token, sha256: digest })) };
  await writeFileAtomically(tokensPath(home), `${JSON.stringify(content, null, 2)}\n`, { mode: FILE_MODE });
}
