/** New blocks as they come. Ends when the node closes the stream; throws what the signal was aborted with. */
import { errorOf, sendRequest } from "../api/callRoute.ts";
import { chunksOf, readAtMost } from "../api/readAtMost.ts";
import type { BlockEventView } from "../api/schemas/chainViews.ts";
import type { CallOptions, Client } from "../client.ts";

const MOST_ERROR_BYTES = 65_536;
const MOST_EVENT_CHARACTERS = 65_536;

export async function* streamBlocks(client: Client, { signal }: CallOptions = {}): AsyncGenerator<BlockEventView> {
  const response = await sendRequest(client.endpoint, "streamEvents", { params: {}, query: {} }, signal);
  if (!response.ok) throw errorOf(await readAtMost(response, MOST_ERROR_BYTES), response.status);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunksOf(response.body)) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = events.pop()!.slice(0, MOST_EVENT_CHARACTERS);
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      // Comments keep the connection open and say nothing.
      if (data !== undefined) yield JSON.parse(data.slice("data: ".length)) as BlockEventView;
    }
  }
}
