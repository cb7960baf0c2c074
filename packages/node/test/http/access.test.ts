/** Who gets in over HTTP: tokens of a home while its node runs, pages of other sites, and the first answer again. */
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Scope } from "@neuroshard/sdk/api";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAdminToken, revokeToken } from "../../src/access/adminToken.ts";
import { type NodeAccess, openAccess } from "../../src/access/openAccess.ts";
import { createToken, readTokens, tokensPath } from "../../src/access/tokenFile.ts";
import { startHttp } from "../../src/http/startHttp.ts";
import { person, signed } from "../chain/people.ts";
import { openNode, testHome } from "../chain/testNetwork.ts";

const SITE = "https://app.example";
const EVERYWHERE = "0.0.0.0";

async function startAccessNode(host: string, access: NodeAccess = {}) {
  const { home, chain } = await openNode(await testHome());
  const reports: string[] = [];
  const { adminToken, rules } = await openAccess(home, access, (line) => reports.push(line));
  const server = await startHttp({ chain, host, port: 0, access: rules });
  onTestFinished(() => server.close());
  const base = `http://127.0.0.1:${new URL(server.url).port}`;

  async function ask(path: string, token?: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
    const response = await fetch(`${base}${path}`, { ...init, headers });
    const json = JSON.parse((await response.text()) || "null");
    return { status: response.status, headers: response.headers, code: json?.error?.code, json };
  }
  async function tokenFor(...scopes: Scope[]): Promise<string> {
    return (await createToken(home, { name: scopes.join("-"), scopes })).text.reveal();
  }
  return { home, chain, reports, admin: adminToken.reveal(), ask, tokenFor };
}

describe("on this machine", () => {
  test("a client without a token may look, and may not change the node", async () => {
    const { ask, admin } = await startAccessNode("127.0.0.1");
    expect((await ask("/api/v1/status")).status).toBe(200);
    const refused = await ask("/api/v1/logs");
    expect([refused.status, refused.code]).toEqual([401, "UNAUTHORIZED"]);
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    expect((await ask("/api/v1/logs", admin)).status).toBe(200);
  });

  test("a token that is wrong is told so, even where none is needed", async () => {
    const { ask } = await startAccessNode("127.0.0.1");
    for (const token of ["nonsense", `nst_${"a".repeat(43)}`]) {
      expect((await ask("/api/v1/status", token)).code).toBe("UNAUTHORIZED");
    }
  });
});

describe("where others can reach it", () => {
  test("everything needs a token with its scope, in the shape of its clients", async () => {
    const { ask, tokenFor } = await startAccessNode(EVERYWHERE);
    expect((await ask("/api/v1/status")).code).toBe("UNAUTHORIZED");
    const reader = await tokenFor("read");
    expect((await ask("/api/v1/status", reader)).status).toBe(200);
    const refused = await ask("/api/v1/logs", reader);
    expect([refused.status, refused.code, refused.json.error.data]).toEqual([
      403,
      "SCOPE_MISSING",
      { needed: "admin" },
    ]);
    const models = await ask("/v1/models", reader);
    expect([models.status, models.json.error.code]).toEqual([403, "scope_missing"]);
    expect((await ask("/api/v1/nothing")).status).toBe(404);
  });

  test("so it does behind a proxy of this machine, which gives the node a name", async () => {
    const { ask, tokenFor } = await startAccessNode("127.0.0.1", { hostNames: ["node.example"] });
    expect((await ask("/api/v1/status")).code).toBe("UNAUTHORIZED");
    expect((await ask("/api/v1/status", await tokenFor("read"))).status).toBe(200);
  });

  test("what the operator makes public needs none", async () => {
    const { ask } = await startAccessNode(EVERYWHERE, { publicScopes: ["read"] });
    expect((await ask("/api/v1/status")).status).toBe(200);
    expect((await ask("/api/v1/transactions", undefined, { method: "POST" })).status).toBe(401);
  });
});

describe("while the node runs", () => {
  test("a new token is good at once, a revoked one no longer", async () => {
    const { home, ask, tokenFor } = await startAccessNode(EVERYWHERE);
    const token = await tokenFor("read");
    expect((await ask("/api/v1/status", token)).status).toBe(200);
    await revokeToken(home, "read");
    expect((await ask("/api/v1/status", token)).status).toBe(401);
  });

  test("a file that cannot be read lets nobody in, and says so once; without it there are no tokens", async () => {
    const { home, ask, admin, reports } = await startAccessNode("127.0.0.1");
    await writeFile(tokensPath(home), '{"format":2}');
    for (const _ of [1, 2]) expect((await ask("/api/v1/logs", admin)).status).toBe(401);
    expect(reports).toEqual([expect.stringContaining("is not of format 1")]);
    await rm(tokensPath(home));
    expect((await ask("/api/v1/logs", admin)).status).toBe(401);
  });

  test("the file holds no token, and the operator's is made anew when it was revoked", async () => {
    const { home, admin, tokenFor } = await startAccessNode("127.0.0.1");
    await tokenFor("read", "serve");
    expect((await readTokens(home)).map(({ name, scopes }) => [name, scopes])).toEqual([
      ["admin", ["read", "serve", "wallet", "admin"]],
      ["read-serve", ["read", "serve"]],
    ]);
    expect((await openAdminToken(home)).reveal()).toBe(admin);
    await revokeToken(home, "admin");
    expect(existsSync(join(home, "admin.token"))).toBe(false);
    expect((await openAdminToken(home)).reveal()).not.toBe(admin);
    await expect(createToken(home, { name: "admin", scopes: ["read"] })).rejects.toMatchObject({ code: "TOKEN_KNOWN" });
    await expect(createToken(home, { name: "A b", scopes: ["read"] })).rejects.toMatchObject({ code: "BAD_OPTION" });
    await expect(revokeToken(home, "nobody")).rejects.toMatchObject({ code: "TOKEN_UNKNOWN" });
  });
});

describe("a page of another site", () => {
  test("that the operator allows asks first, and always needs a token", async () => {
    const { ask, tokenFor } = await startAccessNode("127.0.0.1", { corsOrigins: [SITE] });
    const wish = { "access-control-request-method": "GET", "access-control-request-headers": "authorization" };
    const before = await ask("/api/v1/status", undefined, { method: "OPTIONS", headers: { origin: SITE, ...wish } });
    expect(before.status).toBe(204);
    expect(before.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(before.headers.get("access-control-allow-headers")).toBe("authorization");
    const refused = await ask("/api/v1/status", undefined, { headers: { origin: SITE } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([401, SITE]);
    const token = await tokenFor("read");
    expect((await ask("/api/v1/status", token, { headers: { origin: SITE } })).status).toBe(200);
  });

  test("that nobody allowed is refused before and with its request, whatever token it has", async () => {
    const { ask, admin } = await startAccessNode("127.0.0.1", { corsOrigins: [SITE] });
    for (const method of ["GET", "OPTIONS"]) {
      const headers = { origin: "https://evil.example", "access-control-request-method": "GET" };
      const refused = await ask("/api/v1/status", admin, { method, headers });
      expect([refused.status, refused.code]).toEqual([403, "FORBIDDEN"]);
      expect(refused.headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});

test("a transaction under the same key has the first answer again; another under that key is refused", async () => {
  const { ask, chain } = await startAccessNode("127.0.0.1");
  const body = { kind: "transfer", recipient: person("ben").account, amount: 10n ** 18n, memo: "" } as const;
  const send = (nonce: number, key: string) => {
    const transaction = Buffer.from(signed(chain, { from: "ada", nonce, body })).toString("hex");
    const headers = { "content-type": "application/json", "idempotency-key": key };
    return ask("/api/v1/transactions", undefined, { method: "POST", body: JSON.stringify({ transaction }), headers });
  };
  const first = await send(0, "one");
  const again = await send(0, "one");
  expect([first.status, first.json.isKnown, first.headers.get("idempotency-replayed")]).toEqual([200, false, null]);
  expect([again.status, again.json, again.headers.get("idempotency-replayed")]).toEqual([200, first.json, "true"]);
  expect((await send(0, "two")).json.isKnown).toBe(true);
  const other = await send(1, "one");
  expect([other.status, other.code]).toEqual([409, "IDEMPOTENCY_CONFLICT"]);
  expect(chain.mempool.size).toBe(1);
  expect((await send(1, "a b")).json.error.data.path).toBe("header.idempotency-key");
});
