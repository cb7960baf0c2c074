/** An answer in a conversation, piece by piece while it is written; the last piece has the counts. */
import type { ChatChunkView } from "../api/openAi/chatSchemas.ts";
import { streamText } from "../api/openAi/streamText.ts";
import type { CallOptions, Client } from "../client.ts";
import type { ChatWish } from "./chat.ts";

/** Who stops reading ends the answer. Throws NeuroError; what the signal was aborted with where it was. */
export function streamChat(
  client: Client,
  wish: ChatWish,
  { signal }: CallOptions = {},
): AsyncGenerator<ChatChunkView> {
  const body = { ...wish, stream: true, stream_options: { include_usage: true } };
  return streamText<"createChatCompletion", ChatChunkView>(client.endpoint, "createChatCompletion", body, signal);
}
