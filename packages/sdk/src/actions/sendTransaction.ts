/**
 * Hands in a signed transaction. Where no answer comes, or the node has no room, it hands in the same bytes again, under the
 * same key: the answer is then that of the first time. A nonce is good once, so nothing is paid twice whatever happens.
 */
import { bytesToHex } from "@neuroshard/protocol";
import { NeuroError } from "../api/neuroError.ts";
import type { SubmittedView } from "../api/schemas/transactionViews.ts";
import type { CallOptions, Client } from "../client.ts";
import { pause } from "./pause.ts";

interface SendOptions extends CallOptions {
  /** How often it tries in all. */
  readonly attempts?: number;
  readonly firstDelayMs?: number;
}

const KEY_BYTES = 16;
const TRANSIENT = new Set<string>(["UNREACHABLE", "TIMED_OUT", "TOO_MANY_REQUESTS", "POOL_FULL", "UNAVAILABLE"]);

export async function sendTransaction(
  client: Client,
  bytes: Uint8Array,
  { signal, idempotencyKey = randomKey(), attempts = 4, firstDelayMs = 250 }: SendOptions = {},
): Promise<SubmittedView> {
  const input = { params: {}, query: {}, body: { transaction: bytesToHex(bytes) } };
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.request("sendTransaction", input, { signal, idempotencyKey });
    } catch (error) {
      const isWorthwhile = error instanceof NeuroError && TRANSIENT.has(error.code) && attempt < attempts;
      if (!isWorthwhile) throw error;
      await pause(firstDelayMs * 2 ** (attempt - 1), signal);
    }
  }
}

/** Not `randomUUID`, which pages have only over TLS. */
function randomKey(): string {
  return bytesToHex(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
}
