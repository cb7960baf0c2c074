/** Goes on with a text, and gives it piece by piece while it is written; the last piece has the counts. */
import type { CompletionView } from "../api/openAi/completionSchemas.ts";
import { streamText } from "../api/openAi/streamText.ts";
import type { CallOptions, Client } from "../client.ts";
import type { CompletionWish } from "./complete.ts";

/** Who stops reading ends the text. Throws NeuroError; what the signal was aborted with where it was. */
export function streamCompletion(
  client: Client,
  wish: CompletionWish,
  { signal }: CallOptions = {},
): AsyncGenerator<CompletionView> {
  const body = { ...wish, stream: true, stream_options: { include_usage: true } };
  return streamText<"createCompletion", CompletionView>(client.endpoint, "createCompletion", body, signal);
}
