/** An answer in a conversation, when it is whole. */
import type { ChatRequest, ChatView } from "../api/openAi/chatSchemas.ts";
import type { CallOptions, Client } from "../client.ts";

/** Members for the form of the answer are no wish of the caller. */
export type ChatWish = Omit<ChatRequest, "stream" | "stream_options">;

/** Throws NeuroError, MODEL_NOT_READY and CONTEXT_LENGTH_EXCEEDED among others. */
export function chat(client: Client, wish: ChatWish, options?: CallOptions): Promise<ChatView> {
  return client.request("createChatCompletion", { params: {}, query: {}, body: { ...wish, stream: false } }, options);
}
