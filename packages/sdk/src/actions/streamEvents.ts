/** What happens on the node as it happens: blocks, rounds, lines of its log. Ends when the node closes the stream. */
import { errorOf, sendRequest } from "../api/callRoute.ts";
import { readAtMost } from "../api/readAtMost.ts";
import type { BlockEventView } from "../api/schemas/chainViews.ts";
import type { EventKind, RoundEventView } from "../api/schemas/eventViews.ts";
import type { LogEntryView } from "../api/schemas/logViews.ts";
import { serverSentEvents } from "../api/serverSentEvents.ts";
import type { CallOptions, Client } from "../client.ts";

export type NodeEvent =
  | { readonly kind: "block"; readonly block: BlockEventView }
  | { readonly kind: "round"; readonly event: RoundEventView }
  | { readonly kind: "log"; readonly entry: LogEntryView };

const MOST_ERROR_BYTES = 65_536;

/** `log` needs a token with the scope admin. Throws NeuroError; what the signal was aborted with where it was. */
export async function* streamEvents(
  client: Client,
  kinds: readonly EventKind[] = ["block", "round"],
  { signal }: CallOptions = {},
): AsyncGenerator<NodeEvent> {
  const query = { kinds: kinds.join(",") };
  const response = await sendRequest(client.endpoint, "streamEvents", { params: {}, query }, signal);
  if (!response.ok) throw errorOf(await readAtMost(response, MOST_ERROR_BYTES), response.status);
  for await (const { name, data } of serverSentEvents(response.body)) {
    const item: unknown = JSON.parse(data);
    if (name === "block") yield { kind: "block", block: item as BlockEventView };
    if (name === "round") yield { kind: "round", event: item as RoundEventView };
    if (name === "log") yield { kind: "log", entry: item as LogEntryView };
  }
}
