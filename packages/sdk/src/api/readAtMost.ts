/** The body of an answer, unless it is larger than it can be. */
import { NeuroError } from "./neuroError.ts";

export async function readAtMost({ body, status }: Response, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(body)) {
    size += chunk.length;
    if (size > mostBytes) {
      const message = `the answer has more than ${mostBytes} bytes; ask for less`;
      throw new NeuroError({ code: "BAD_ANSWER", message, status });
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Not every browser can iterate over a stream. */
export async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // What was not read is not wanted any more; a stream that failed has nothing left to cancel.
    await reader.cancel().catch(() => undefined);
  }
}
