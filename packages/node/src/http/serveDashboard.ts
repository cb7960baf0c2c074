/**
 * Serves the built dashboard at `/`: the files that the build made. Its pages may load what comes from this
 * node and nothing else, run no script that stands inside a document, and stand in no frame.
 */
import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { fastifyStatic } from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Where the set-up of a clone puts it. */
export const DASHBOARD_FOLDER = fileURLToPath(new URL("../../../dashboard/build", import.meta.url));

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE_HEADERS = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** Names of these carry the digest of what is inside. */
const HASHED = `${sep}assets${sep}`;

export async function serveDashboard(app: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, "index.html"))) {
    app.get("/", { config: { scope: null } }, async (_request, reply) =>
      reply.code(404).type("text/plain").send(NOT_BUILT),
    );
    return;
  }
  await app.register(fastifyStatic, {
    // Looked up when they are asked for: the page may be built anew while the node runs.
    ...{ root: folder, preCompressed: true, decorateReply: false, cacheControl: false, dotfiles: "ignore" },
    setHeaders(reply, path) {
      reply.headers(PAGE_HEADERS);
      reply.header("cache-control", path.includes(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

const NOT_BUILT = "The dashboard is not built here; `npm start` in the clone builds it. The API is under /api/v1.\n";
