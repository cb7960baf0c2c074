/** Open event streams (server-sent events): each to those who asked for its kind. Bounded in number, and in what a slow one may owe. */
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { BlockEventView, EventKind } from "@neuroshard/sdk/api";
import type { Chain } from "../chain/chain.ts";
import type { NodeOperation } from "../operation/nodeOperation.ts";
import { safeJson } from "./safeJson.ts";

const MOST_STREAMS = 128;
const MOST_OWED_BYTES = 65_536;
const HEARTBEAT_MS = 15_000;

export class EventStreams {
  readonly #open = new Map<ServerResponse, ReadonlySet<EventKind>>();
  readonly #ends: readonly (() => void)[];
  readonly #heartbeat: NodeJS.Timeout;

  constructor(chain: Chain, { rounds, log }: Pick<NodeOperation, "rounds" | "log">) {
    const blocks = chain.subscribe(({ signedHeader: { header }, digest }) => {
      const { height, timeMs, transactionCount } = header;
      const view: BlockEventView = { height, hash: digest, timeMs, transactionCount };
      this.#send("block", `event: block\nid: ${height}\ndata: ${safeJson(view)}\n\n`);
    });
    this.#ends = [
      blocks,
      rounds.subscribe((event) => this.#send("round", `event: round\ndata: ${safeJson(event)}\n\n`)),
      log.ring.subscribe((entry) => this.#send("log", `event: log\nid: ${entry.id}\ndata: ${safeJson(entry)}\n\n`)),
    ];
    // Tells both sides, and whatever stands between them, that the connection is alive.
    this.#heartbeat = setInterval(() => this.#send(undefined, ": still here\n\n"), HEARTBEAT_MS).unref();
  }

  get isFull(): boolean {
    return this.#open.size >= MOST_STREAMS;
  }

  open(response: ServerResponse, headers: OutgoingHttpHeaders, kinds: ReadonlySet<EventKind>): void {
    response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
    response.write(": listening\n\n");
    this.#open.set(response, kinds);
    response.on("close", () => this.#open.delete(response));
    // A connection that broke is closed; there is nobody to tell.
    response.on("error", () => this.#open.delete(response));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const end of this.#ends) end();
    for (const response of this.#open.keys()) response.end();
    this.#open.clear();
  }

  /** @param kind Undefined: to all. */
  #send(kind: EventKind | undefined, text: string): void {
    for (const [response, kinds] of this.#open) {
      if (kind !== undefined && !kinds.has(kind)) continue;
      if (response.writableLength > MOST_OWED_BYTES) response.destroy();
      else response.write(text);
    }
  }
}
