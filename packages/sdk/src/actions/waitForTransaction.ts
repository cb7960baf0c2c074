/** Waits until a transaction stands in a block. Throws NeuroError with the rejection's code where it is rejected. */
import { NeuroError } from "../api/neuroError.ts";
import type { TransactionView } from "../api/schemas/transactionViews.ts";
import type { CallOptions, Client } from "../client.ts";
import { getTransaction } from "./getTransaction.ts";
import { pause } from "./pause.ts";

export type CommittedTransaction = Extract<TransactionView, { readonly state: "committed" }>;

interface WaitOptions extends CallOptions {
  readonly timeoutMs?: number;
  readonly pollMs?: number;
}

/** A node that restarts or has not heard of it yet may still come to know it. */
const PASSING = new Set<string>(["NOT_FOUND", "UNREACHABLE", "TIMED_OUT", "TOO_MANY_REQUESTS", "UNAVAILABLE"]);

export async function waitForTransaction(
  client: Client,
  id: string,
  { signal, timeoutMs = 60_000, pollMs = 250 }: WaitOptions = {},
): Promise<CommittedTransaction> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const view = await known(client, id, { signal });
    if (view?.state === "committed") return view;
    if (view?.state === "rejected")
      throw new NeuroError({ ...view.fault, code: view.fault.code as NeuroError["code"] });
    if (performance.now() >= deadline) {
      const message = `transaction ${id} was in no block after ${timeoutMs} ms; look again later, sending it again does no harm`;
      throw new NeuroError({ code: "TIMED_OUT", message });
    }
    await pause(pollMs, signal);
  }
}

async function known(client: Client, id: string, options: CallOptions): Promise<TransactionView | undefined> {
  try {
    return await getTransaction(client, id, options);
  } catch (error) {
    if (error instanceof NeuroError && PASSING.has(error.code)) return undefined;
    throw error;
  }
}
