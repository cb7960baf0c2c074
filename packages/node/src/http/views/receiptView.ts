/** Receipts, events and transactions as the contract writes them. */
import {
  accountOf,
  type DraftEvent,
  decodeTransaction,
  event as eventCodec,
  formatAddress,
  type Receipt,
  type Transaction,
  transaction as transactionCodec,
} from "@neuroshard/protocol";
import {
  describeFault,
  type EventView,
  type FaultView,
  type JsonOf,
  type OutcomeView,
  type TransactionSummary,
} from "@neuroshard/sdk/api";
import type { Place } from "../../chain/store/place.ts";
import type { TransactionRejection } from "../../consensus/engine.ts";

export function eventViews(events: readonly DraftEvent[]): EventView[] {
  return events.map((event) => eventCodec.toJson(event) as EventView);
}

export function faultOf({ code, figures }: TransactionRejection): FaultView {
  return describeFault(code, Object.fromEntries(figures.map(({ name, value }) => [name, value])));
}

function outcomeView({ outcome }: Receipt): OutcomeView {
  if (outcome.kind === "accepted") return { kind: "accepted", events: eventViews(outcome.events) };
  return { kind: "rejected", fault: faultOf(outcome) };
}

/** Null where the bytes are no transaction. */
export function transactionJson(bytes: Uint8Array | null): JsonOf<Transaction> | null {
  const decoded = bytes && decodeTransaction(bytes);
  return decoded?.ok === true ? (transactionCodec.toJson(decoded.value) as JsonOf<Transaction>) : null;
}

interface Stored extends Place {
  readonly receipt: Receipt;
  readonly bytes: Uint8Array | null;
}

export function transactionSummary({ height, index, receipt, bytes }: Stored): TransactionSummary {
  const decoded = bytes && decodeTransaction(bytes);
  const content = decoded?.ok === true ? decoded.value.content : undefined;
  return {
    transactionId: receipt.transactionId,
    height,
    index,
    kind: content?.body.kind ?? null,
    sender: content === undefined ? null : formatAddress(accountOf(content.publicKey)),
    nonce: content?.nonce ?? null,
    outcome: outcomeView(receipt),
  };
}
