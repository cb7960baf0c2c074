/** The tokens of a home while its node runs: the file is read again when it has changed. What cannot be read lets nobody in. */
import { timingSafeEqual } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { type AccessToken, TOKEN_TEXT, tokenDigest } from "./accessToken.ts";
import { parseTokens, readTokens, tokensPath } from "./tokenFile.ts";

export interface TokenFinder {
  /** Undefined: no such token. */
  find(text: string): AccessToken | undefined;
}

interface Entry {
  readonly token: AccessToken;
  readonly digest: Buffer;
}

/** Throws what `readTokens` throws. @param report Told when the file cannot be read later on. */
export async function openTokenRegister(home: string, report: (message: string) => void): Promise<TokenFinder> {
  const path = tokensPath(home);
  let version = versionOf(path);
  let entries = entriesOf(await readTokens(home));

  function refresh(): void {
    const present = versionOf(path);
    if (present === version) return;
    version = present;
    try {
      entries = present === undefined ? [] : entriesOf(parseTokens(readFileSync(path, "utf8"), path));
    } catch (error) {
      entries = [];
      report(`no token is good until this is mended: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    find(text) {
      refresh();
      if (!TOKEN_TEXT.test(text)) return undefined;
      const asked = tokenDigest(text);
      let found: AccessToken | undefined;
      // All of them, each in the same time: how long it takes says nothing about any.
      for (const { token, digest } of entries) if (timingSafeEqual(digest, asked)) found = token;
      return found;
    },
  };
}

function entriesOf(tokens: readonly AccessToken[]): readonly Entry[] {
  return tokens.map((token) => ({ token, digest: Buffer.from(token.digest, "hex") }));
}

/** Another text for another content: the file is replaced as a whole, never written into. */
function versionOf(path: string): string | undefined {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status && `${status.ino} ${status.mtimeNs} ${status.size}`;
}
