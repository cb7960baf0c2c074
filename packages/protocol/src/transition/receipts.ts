/** From outcomes to receipts: the form in which a block's header commits to what its transactions did. */
import { encode } from "../codec/codec.ts";
import { bytesToHex } from "../crypto/hash.ts";
import type { GenesisProblem } from "../genesis/genesis.ts";
import { listRoot } from "../merkle/merkleList.ts";
import type { Digest } from "../types/identifiers.ts";
import { type DraftEvent, type Receipt, receipt } from "./events.ts";
import type { Outcome, Rejection } from "./outcome.ts";

const MOST_FIGURE_CHARACTERS = 200;

export function receiptOf(transactionId: Digest | null, outcome: Outcome): Receipt {
  if (outcome.ok) return { transactionId, outcome: { kind: "accepted", events: outcome.events } };
  const { code, figures } = figuresOf(outcome.rejection);
  return { transactionId, outcome: { kind: "rejected", code, figures } };
}

/** What happened before the transactions of a block. */
export function blockReceipt(events: readonly DraftEvent[]): Receipt {
  return receiptOf(null, { ok: true, events });
}

export function receiptRoot(receipts: readonly Receipt[]): Digest {
  return bytesToHex(listRoot(receipts.map((each) => encode(receipt, each)))) as Digest;
}

interface CodeAndFigures {
  readonly code: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

/** A rejection as texts. Long values come from hostile input and are cut. */
export function figuresOf(problem: Rejection | GenesisProblem): CodeAndFigures {
  const { code, ...data } = problem;
  const figures = Object.entries(data).map(([name, value]) => ({
    name,
    value: String(value).slice(0, MOST_FIGURE_CHARACTERS).toWellFormed(),
  }));
  return { code, figures };
}
