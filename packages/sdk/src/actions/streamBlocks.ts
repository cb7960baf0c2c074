/** New blocks as they come. Ends when the node closes the stream; throws what the signal was aborted with. */
import type { BlockEventView } from "../api/schemas/chainViews.ts";
import type { CallOptions, Client } from "../client.ts";
import { streamEvents } from "./streamEvents.ts";

export async function* streamBlocks(client: Client, options: CallOptions = {}): AsyncGenerator<BlockEventView> {
  for await (const event of streamEvents(client, ["block"], options)) if (event.kind === "block") yield event.block;
}
