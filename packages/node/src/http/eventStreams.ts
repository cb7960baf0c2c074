/** Open event streams (server-sent events): each new block to all who listen. Bounded in number, and in what a slow one may owe. */
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { BlockEventView } from "@neuroshard/sdk/api";
import type { Chain } from "../chain/chain.ts";
import { safeJson } from "./safeJson.ts";

const MOST_STREAMS = 128;
const MOST_OWED_BYTES = 65_536;
const HEARTBEAT_MS = 15_000;

export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  readonly #unsubscribe: () => void;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(chain: Chain) {
    this.#unsubscribe = chain.subscribe(({ signedHeader: { header }, digest }) => {
      const { height, timeMs, transactionCount } = header;
      const view: BlockEventView = { height, hash: digest, timeMs, transactionCount };
      this.#send(`event: block\nid: ${height}\ndata: ${safeJson(view)}\n\n`);
    });
    // Tells both sides, and whatever stands between them, that the connection is alive.
    this.#heartbeat = setInterval(() => this.#send(": still here\n\n"), HEARTBEAT_MS).unref();
  }

  get isFull(): boolean {
    return this.#open.size >= MOST_STREAMS;
  }

  open(response: ServerResponse, headers: OutgoingHttpHeaders): void {
    response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
    response.write(": listening\n\n");
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    // A connection that broke is closed; there is nobody to tell.
    response.on("error", () => this.#open.delete(response));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
    for (const response of this.#open) response.end();
    this.#open.clear();
  }

  #send(text: string): void {
    for (const response of this.#open) {
      if (response.writableLength > MOST_OWED_BYTES) response.destroy();
      else response.write(text);
    }
  }
}
