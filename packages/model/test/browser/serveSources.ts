/** A web server of this repository's browser-safe sources: TypeScript loses its types on the way, nothing is bundled. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";

const packagesFolder = new URL("../../../", import.meta.url);

const importMap = {
  imports: { "@neuroshard/tensor": "/tensor/src/index.ts", "@neuroshard/model": "/model/src/index.ts" },
};
// The empty icon keeps the browser from asking for one, which would be an error in its console.
const emptyPage = `<!doctype html><title>NeuroShard</title><link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify(importMap)}</script>`;

interface Content {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** `path` is a URL's path, so it has no way out of the served folder. Undefined for what is not served. */
async function contentOf(path: string): Promise<Content | undefined> {
  if (path === "/") return { type: "text/html", body: emptyPage };
  const file = new URL(`.${path}`, packagesFolder);
  if (/^\/(tensor|model)\/.*\.ts$/.test(path))
    return { type: "text/javascript", body: stripTypeScriptTypes(await readFile(file, "utf8")) };
  if (/^\/tensor\/wasm\/.*\.wasm$/.test(path)) return { type: "application/wasm", body: await readFile(file) };
  return undefined;
}

const answer: RequestListener = async ({ url = "/" }, response) => {
  const content = await contentOf(new URL(url, "http://localhost").pathname).catch(() => undefined);
  response.writeHead(content === undefined ? 404 : 200, { "content-type": content?.type ?? "text/plain" });
  response.end(content?.body);
};

export interface SourceServer {
  /** Root URL; an empty page with the import map for the packages' names. */
  readonly url: string;
  readonly server: Server;
}

/** Listens on a free port of the loopback interface. */
export async function serveSources(): Promise<SourceServer> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, server };
}
