/** An answer that comes in pieces: what a handler returns in place of an object. It writes the head, and ends it. */
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

export class Streamed {
  /** @param headers Those of all answers; the stream adds its own. Must not throw once the head is out. */
  readonly begin: (response: ServerResponse, headers: OutgoingHttpHeaders) => void;

  constructor(begin: Streamed["begin"]) {
    this.begin = begin;
  }
}
