/** A failure as one sentence for people: what the node said, which names the remedy. */

export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? "something went wrong that has no name" : `${message[0]!.toUpperCase()}${message.slice(1)}`;
}
