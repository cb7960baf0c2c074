/** Log data as plain JSON values, bounded in depth and length, and without anything that could be a secret. */
import { Secret } from "../wallet/secret.ts";

const MASK = "[secret]";
const SECRET_NAME = /authorization|cookie|passw|passphrase|mnemonic|phrase|secret|token$|private|api_?key/i;
/** Tokens of this API, and whatever stands behind the word of an Authorization header. */
const SECRET_TEXT = /\bnst_[A-Za-z0-9_-]{8,}|\bBearer\s+\S+/g;

const MOST_DEPTH = 5;
const MOST_CHARACTERS = 8_000;
const MOST_MEMBERS = 64;

export function hideSecretsIn(text: string): string {
  const hidden = text.replace(SECRET_TEXT, MASK);
  return hidden.length <= MOST_CHARACTERS ? hidden : `${hidden.slice(0, MOST_CHARACTERS)}…`;
}

export function withoutSecrets(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return membersOf(data, 0);
}

function membersOf(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value).slice(0, MOST_MEMBERS);
  return Object.fromEntries(
    members.map(([name, member]) => [name, SECRET_NAME.test(name) ? MASK : plain(member, depth + 1)]),
  );
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === "string") return hideSecretsIn(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "object") return plainObject(value, depth);
  // Undefined says nothing; the rest has no form in JSON.
  return value === undefined ? null : hideSecretsIn(String(value));
}

function plainObject(value: object, depth: number): unknown {
  if (value instanceof Secret) return MASK;
  if (value instanceof Error) return hideSecretsIn(value.stack ?? value.message);
  // Keys are bytes too.
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (depth > MOST_DEPTH) return "…";
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).map((member) => plain(member, depth + 1));
  return membersOf(value, depth);
}
