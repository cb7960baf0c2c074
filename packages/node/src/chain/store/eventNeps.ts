/** Which proposals an event is about: what replaces a text belongs to the history of both. */
import type { Digest, DraftEvent } from "@neuroshard/protocol";

export function nepsOf(event: DraftEvent): readonly Digest[] {
  if (event.kind === "nepReplaced") return [event.nepId, event.by];
  return "nepId" in event ? [event.nepId] : [];
}
