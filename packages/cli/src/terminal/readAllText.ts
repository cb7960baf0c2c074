/** Reads a stream to its end as UTF-8 text, for a prompt or questions that come through a pipe. */
import { Refusal } from "../refusal.ts";

/** Without the one line break that `echo` and editors put at the end. @throws {Refusal} when it is not UTF-8. */
export async function readAllText(stream: AsyncIterable<Uint8Array | string>): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for await (const part of stream) text += typeof part === "string" ? part : decoder.decode(part, { stream: true });
    text += decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal("standard input is not UTF-8 text; convert it first");
    throw error;
  }
  return text.replace(/\r?\n$/, "");
}
