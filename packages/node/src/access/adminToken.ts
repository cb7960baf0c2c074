/**
 * The token of whoever runs the node: `admin.token` of its home, which only its owner can read, holds the text itself, so
 * that commands on the same machine can use it.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { SCOPES } from "@neuroshard/sdk/api";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import { readSecretFile } from "../wallet/readSecretFile.ts";
import { Secret } from "../wallet/secret.ts";
import { TOKEN_TEXT, tokenDigest } from "./accessToken.ts";
import { createToken, readTokens, removeToken } from "./tokenFile.ts";

const NAME = "admin";
const FILE_MODE = 0o600;

function adminTokenPath(home: string): string {
  return join(home, "admin.token");
}

/** The one of the home, or a new one where that is missing or good no longer. Throws what `createToken` throws. */
export async function openAdminToken(home: string): Promise<Secret<string>> {
  const kept = await readAdminToken(home);
  const tokens = await readTokens(home);
  const listed = tokens.find(({ name }) => name === NAME);
  if (kept !== undefined && listed?.digest === tokenDigest(kept.reveal()).toString("hex")) return kept;
  if (listed !== undefined) await removeToken(home, NAME);
  const { text } = await createToken(home, { name: NAME, scopes: SCOPES });
  await writeFileAtomically(adminTokenPath(home), `${text.reveal()}\n`, { mode: FILE_MODE });
  return text;
}

/** Undefined where the home has none that can be read as one. Throws NodeError EXPOSED_SECRET. */
async function readAdminToken(home: string): Promise<Secret<string> | undefined> {
  const path = adminTokenPath(home);
  if (!existsSync(path)) return undefined;
  const text = (await readSecretFile(path)).reveal().trim();
  return TOKEN_TEXT.test(text) ? new Secret(text) : undefined;
}

/** Besides the list, the text: the next start makes another. */
export async function revokeToken(home: string, name: string): Promise<void> {
  await removeToken(home, name);
  if (name === NAME) await rm(adminTokenPath(home), { force: true });
}
