/** What the HTTP surface does with requests, whatever they are about. */

import { once } from "node:events";
import { connect } from "node:net";
import { openApiDocument, ROUTES } from "@neuroshard/sdk/api";
import { expect, test } from "vitest";
import { startHttp } from "../../src/http/startHttp.ts";
import { person, signed } from "../chain/people.ts";
import { type Answered, startNode } from "./httpNode.ts";

async function post(url: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  const response = await fetch(`${url}/api/v1/transactions`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

test("every answer forbids to be kept, sniffed or run", async () => {
  const { get } = await startNode();
  for (const path of ["/status", "/nothing"]) {
    const { headers } = await get(path);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  }
});

test("an unknown path and an unknown method are NOT_FOUND and name what was asked", async () => {
  const { get, url } = await startNode();
  expect((await get("/nothing?secret=1")).json.error).toMatchObject({
    code: "NOT_FOUND",
    data: { what: "GET /api/v1/nothing" },
  });
  const response = await fetch(`${url}/api/v1/status`, { method: "DELETE" });
  expect(response.status).toBe(404);
});

test.each([
  ["/blocks?limit=0", "query.limit"],
  ["/blocks?limit=101", "query.limit"],
  ["/blocks?limit=1e1", "query.limit"],
  ["/blocks?limit=01", "query.limit"],
  ["/blocks?limit=5&limit=6", "query.limit"],
  ["/blocks?page=2", "query.page"],
  ["/blocks/-1", "path.height"],
  ["/blocks/99999999999999999999", "path.height"],
  ["/accounts/neuro1qqqq", "path.address"],
  ["/accounts/neuro1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "path.address"],
  ["/transactions/ABC", "path.id"],
  ["/neps/NEP-", "path.nep"],
  ["/neps?status=nonsense", "query.status"],
  ["/params?height=5", "query.height"],
  ["/proofs/accounts/zz", "path.key"],
  ["/proofs/nonsense/00", "path.table"],
  ["/status?x=1", "query.x"],
])("%s is a BAD_REQUEST at %s", async (path, place) => {
  const { get } = await startNode();
  const { status, json } = await get(path);
  expect(status).toBe(400);
  expect(json.error).toMatchObject({ code: "BAD_REQUEST", data: { path: place } });
  expect(json.error.message).toContain(place);
});

test("a URL that cannot be decoded is a BAD_REQUEST", async () => {
  const { get } = await startNode();
  const { status, json } = await get("/blocks/%ff");
  expect(status).toBe(400);
  expect(json.error.code).toBe("BAD_REQUEST");
});

test("bodies: too large, of another type, no JSON, none, with members of its own", async () => {
  const { url } = await startNode();
  const big = await post(url, JSON.stringify({ transaction: "00".repeat(500_000) }));
  expect([big.status, big.json.error.code]).toEqual([413, "TOO_LARGE"]);
  const text = await post(url, "{}", { "content-type": "text/plain" });
  expect([text.status, text.json.error.code]).toEqual([415, "UNSUPPORTED_MEDIA"]);
  for (const body of [
    "{",
    "",
    "null",
    "[]",
    "{}",
    '{"transaction":"0"}',
    '{"transaction":"00","more":1}',
    '{"__proto__":{}}',
  ]) {
    const { status, json } = await post(url, body);
    expect([body, status, json.error.code]).toEqual([body, 400, "BAD_REQUEST"]);
  }
});

test("what is no HTTP gets an error object and a closed connection", async () => {
  const { url } = await startNode();
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += String(chunk);
  });
  socket.write("this is no HTTP\r\n\r\n");
  await once(socket, "close");
  expect(received).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(received.split("\r\n\r\n")[1]!).error.code).toBe("BAD_REQUEST");
});

test("a page of another site, and a name that is not this node's, are FORBIDDEN", async () => {
  const { get, url } = await startNode();
  const { status, json } = await get("/status", { origin: "http://evil.example" });
  expect([status, json.error.code]).toEqual([403, "FORBIDDEN"]);
  const port = Number(new URL(url).port);
  const socket = connect(port, "127.0.0.1");
  socket.write(`GET /api/v1/status HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`);
  const [chunk] = await once(socket, "data");
  expect(String(chunk)).toMatch(/^HTTP\/1\.1 403 /);
  socket.destroy();
});

test("too many requests are told when to come back", async () => {
  const { get } = await startNode({ limits: { perSecond: 0.001, capacity: 2 } });
  expect((await get("/status")).status).toBe(200);
  expect((await get("/status")).status).toBe(200);
  const { status, headers, json } = await get("/status");
  expect([status, json.error.code]).toEqual([429, "TOO_MANY_REQUESTS"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
});

test("a fault of the node shows a reference and nothing of the inside; the log has the rest", async () => {
  const { chain, get, reports } = await startNode();
  Object.defineProperty(chain, "head", { value: () => raise("secret of the inside") });
  const { status, text, json } = await get("/status");
  expect(status).toBe(500);
  expect(json.error.code).toBe("INTERNAL");
  expect(text).not.toContain("secret");
  expect(text).not.toContain(".ts");
  expect(reports).toHaveLength(1);
  expect(reports[0]).toContain("secret of the inside");
  expect(reports[0]).toContain(json.error.data.reference);
});

function raise(message: string): never {
  throw new Error(message);
}

test("text of others cannot leave the JSON for a page", async () => {
  const { chain, engine, get } = await startNode();
  const memo = "</script><script>alert(1)</script>";
  const body = { kind: "transfer", recipient: person("ben").account, amount: 10n ** 18n, memo } as const;
  const sent = chain.submit(signed(chain, { from: "ada", nonce: 0, body }));
  engine.produceBlock();
  const { text, json } = await get(`/transactions/${sent.transactionId}`);
  expect(text).not.toContain("<");
  expect(json.transaction.content.body.memo).toBe(memo);
});

test("a port in use is PORT_IN_USE and says what to do", async () => {
  const { chain, url } = await startNode();
  const port = Number(new URL(url).port);
  await expect(startHttp({ chain, port })).rejects.toMatchObject({
    code: "PORT_IN_USE",
    message: expect.stringContaining("choose another port"),
  });
});

test("a node that follows another one takes no transactions", async () => {
  const { chain, url } = await startNode({ isReadOnly: true });
  const transaction = Buffer.from(signed(chain, { from: "ada", nonce: 0 })).toString("hex");
  const { status, json } = await post(url, JSON.stringify({ transaction }));
  expect([status, json.error.code]).toEqual([503, "READ_ONLY"]);
});

test("the document that the server hands out is the contract, and each of its routes is served", async () => {
  const { get, url } = await startNode();
  const { json } = await get("/openapi.json");
  expect(json).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  for (const { method, path } of Object.values(ROUTES)) {
    if (path === "/api/v1/events") continue;
    const filled = path.replace(/\{\w+\}/g, "0");
    const response = await fetch(`${url}${filled}`, { method });
    const text = await response.text();
    // Figures for Prometheus are no JSON.
    const { error } = JSON.parse(text.startsWith("#") ? "{}" : text) as {
      readonly error?: { readonly data: { readonly what?: string } };
    };
    expect([path, error?.data.what]).not.toEqual([path, `${method} ${filled}`]);
  }
});
