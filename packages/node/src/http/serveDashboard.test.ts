/** The files of the dashboard as a node serves them. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import Fastify from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serveDashboard } from "./serveDashboard.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroshard-page-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function build(): Promise<void> {
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>page</title>");
  await writeFile(join(folder, "assets", "index-abc.js"), "plain();");
  await writeFile(join(folder, "assets", "index-abc.js.gz"), gzipSync("plain();"));
  await writeFile(join(folder, ".stamp"), "secret");
}

async function serve() {
  const app = Fastify({ exposeHeadRoutes: false });
  await serveDashboard(app, folder);
  return app;
}

test("the page may load from its node alone, runs nothing inline, stands in no frame, and is asked for anew", async () => {
  await build();
  const { statusCode, headers, body } = await (await serve()).inject("/");
  expect([statusCode, body]).toEqual([200, "<!doctype html><title>page</title>"]);
  expect(headers["content-security-policy"]).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
  expect(headers["content-security-policy"]).toMatch(/frame-ancestors 'none'/);
  expect(headers["content-security-policy"]).not.toMatch(/unsafe|http/);
  expect(headers).toMatchObject({ "cache-control": "no-cache", "x-content-type-options": "nosniff" });
  expect(headers.etag).toEqual(expect.any(String));
});

test("files with a digest in their name are kept, and go out compressed to whoever takes that", async () => {
  await build();
  const app = await serve();
  const url = "/assets/index-abc.js";
  const plain = await app.inject(url);
  expect([plain.body, plain.headers["cache-control"]]).toEqual(["plain();", expect.stringContaining("immutable")]);
  const small = await app.inject({ url, headers: { "accept-encoding": "gzip" } });
  expect(small.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(small.rawPayload).toString()).toBe("plain();");
});

test("a page that is built anew while the node runs is served", async () => {
  await build();
  const app = await serve();
  await writeFile(join(folder, "assets", "index-def.js"), "later();");
  expect((await app.inject("/assets/index-def.js")).body).toBe("later();");
});

test.each(["/.stamp", "/nothing", "/assets/", "/..%2findex.html", "/assets/..%2f..%2f..%2fetc%2fpasswd"])(
  "%s is nothing that is served",
  async (url) => {
    await build();
    expect((await (await serve()).inject(url)).statusCode).toBeGreaterThanOrEqual(400);
  },
);

test("where nothing is built, the entry says how to build it", async () => {
  const { statusCode, body } = await (await serve()).inject("/");
  expect(statusCode).toBe(404);
  expect(body).toMatch(/npm start/);
});
