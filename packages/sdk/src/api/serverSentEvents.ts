/** Events of a text/event-stream, one after the other. Comments, which only keep the connection open, are left out. */
import { chunksOf } from "./readAtMost.ts";

export interface ServerSentEvent {
  /** `message` where the stream gives none. */
  readonly name: string;
  readonly data: string;
}

const MOST_EVENT_CHARACTERS = 262_144;

export async function* serverSentEvents(body: Response["body"]): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunksOf(body)) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = events.pop()!.slice(0, MOST_EVENT_CHARACTERS);
    for (const event of events) {
      const lines = event.split("\n");
      const data = valuesOf(lines, "data: ");
      if (data.length > 0) yield { name: valuesOf(lines, "event: ").at(-1) ?? "message", data: data.join("\n") };
    }
  }
}

function valuesOf(lines: readonly string[], field: string): readonly string[] {
  return lines.filter((line) => line.startsWith(field)).map((line) => line.slice(field.length));
}
