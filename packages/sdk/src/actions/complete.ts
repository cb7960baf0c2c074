/** Goes on with a text, and gives it when it is whole. */
import type { CompletionRequest, CompletionView } from "../api/openAi/completionSchemas.ts";
import type { CallOptions, Client } from "../client.ts";

/** Members for the form of the answer are no wish of the caller. */
export type CompletionWish = Omit<CompletionRequest, "stream" | "stream_options">;

/** Throws NeuroError, MODEL_NOT_READY and CONTEXT_LENGTH_EXCEEDED among others. */
export function complete(client: Client, wish: CompletionWish, options?: CallOptions): Promise<CompletionView> {
  return client.request("createCompletion", { params: {}, query: {}, body: { ...wish, stream: false } }, options);
}
