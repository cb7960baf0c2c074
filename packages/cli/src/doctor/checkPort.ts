/** Whether the HTTP interface can have its port. */
import { createServer } from "node:net";
import type { Examined, Finding } from "./check.ts";

export async function checkPort({ host, port, node }: Examined): Promise<Finding> {
  const place = `${host}:${port}`;
  const fault = await tryListening(host, port);
  if (fault === undefined) return { verdict: "good", found: `${place} is free` };
  if (node !== undefined && new URL(node.client.endpoint.baseUrl).port === String(port)) {
    return { verdict: "good", found: `${place} is taken by the node that answers there` };
  }
  if (fault === "EADDRINUSE") {
    return {
      verdict: "problem",
      found: `${place} is in use by another program`,
      remedy: "stop it, or choose another --port",
    };
  }
  return {
    verdict: "problem",
    found: `${place} cannot be listened at (${fault})`,
    remedy: "choose another --host or --port",
  };
}

async function tryListening(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  server.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  return promise;
}
