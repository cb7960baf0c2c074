/** Each answered request in the figures of the node, and in its log for whoever looks into something. */
import type { FastifyInstance } from "fastify";
import type { NodeOperation } from "../operation/nodeOperation.ts";

/** In front of all routes, so that what is refused counts too. */
export function countRequests(app: FastifyInstance, { metrics, log }: Pick<NodeOperation, "metrics" | "log">): void {
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    // Whatever is asked for besides would be a figure of its own.
    const route = routeOptions.url?.replace(/:(\w+)/g, "{$1}") ?? "other";
    const answered = { route, method, status: reply.statusCode, seconds: reply.elapsedTime / 1000 };
    metrics.noteRequest(answered);
    log.debug("http", `${method} ${route}`, { status: answered.status, ms: Math.round(reply.elapsedTime) });
  });
}
