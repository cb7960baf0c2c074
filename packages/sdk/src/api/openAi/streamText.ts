/** A text as server-sent events until the mark of its end. */
import { type Endpoint, errorOf, sendRequest } from "../callRoute.ts";
import { NeuroError } from "../neuroError.ts";
import { readAtMost } from "../readAtMost.ts";
import type { RouteInput } from "../routes/routes.ts";
import { serverSentEvents } from "../serverSentEvents.ts";

type TextRouteId = "createCompletion" | "createChatCompletion";

const MOST_ERROR_BYTES = 65_536;
const END = "[DONE]";
const FAILED_STATUS = 503;

/** Throws NeuroError; what the signal was aborted with where it was. */
export async function* streamText<Id extends TextRouteId, Piece>(
  endpoint: Endpoint,
  id: Id,
  body: RouteInput<Id>["body"],
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
  const input = { params: {}, query: {}, body } as RouteInput<Id>;
  const response = await sendRequest(endpoint, id, input, signal);
  if (!response.ok) throw errorOf(await readAtMost(response, MOST_ERROR_BYTES), response.status);
  try {
    for await (const { data } of serverSentEvents(response.body)) {
      if (data === END) return;
      const piece: unknown = JSON.parse(data);
      if (isFault(piece)) throw errorOf(new TextEncoder().encode(data), FAILED_STATUS);
      yield piece as Piece;
    }
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    if (error instanceof NeuroError) throw error;
    throw cutOff(endpoint, error);
  }
  throw cutOff(endpoint);
}

function isFault(piece: unknown): boolean {
  return typeof piece === "object" && piece !== null && "error" in piece;
}

function cutOff({ baseUrl }: Endpoint, cause?: unknown): NeuroError {
  return new NeuroError({
    code: "UNREACHABLE",
    message: `${baseUrl} was cut off before the text ended; ask again`,
    cause,
  });
}
