/** One block into the tables: what it was, what it did, where to find it, and what it changed in the state. */
import {
  CELL_NAMES,
  type ExecutedBlock,
  encode,
  encodeCell,
  encodeEntry,
  hexToBytes,
  type Receipt,
  receipt as receiptCodec,
  type SignedHeader,
  type State,
  signedHeader as signedHeaderCodec,
  TABLE_NAMES,
} from "@neuroshard/protocol";
import { accountsOf } from "./eventAccounts.ts";
import { nepsOf } from "./eventNeps.ts";
import { paidRoundsOf } from "./eventRounds.ts";
import { placeNumber } from "./place.ts";
import type { Statements } from "./statements.ts";

export interface StoredBlock {
  readonly signedHeader: SignedHeader;
  readonly transactions: readonly Uint8Array[];
  readonly executed: ExecutedBlock;
  /** Before the block. */
  readonly before: State;
}

export function writeBlock(
  statements: Statements,
  { signedHeader, transactions, executed, before }: StoredBlock,
): void {
  const { height } = signedHeader.header;
  statements.addBlock.run(height, encode(signedHeaderCodec, signedHeader));
  for (const [index, receipt] of executed.receipts.entries()) {
    const place = placeNumber({ height, index });
    const bytes = index === 0 ? null : transactions[index - 1]!;
    statements.addReceipt.run(place, encode(receiptCodec, receipt), bytes);
    indexReceipt(statements, receipt, place, index === 0 ? undefined : executed.senders[index - 1]);
  }
  writeChanges(statements, executed, before);
}

function indexReceipt(
  statements: Statements,
  { transactionId, outcome }: Receipt,
  place: number,
  sender?: string,
): void {
  const isAccepted = outcome.kind === "accepted";
  if (transactionId !== null) {
    // Rejected bytes can stand in the chain more than once; what was accepted is what people look for.
    const add = isAccepted ? statements.addAcceptedId : statements.addRejectedId;
    add.run(hexToBytes(transactionId), place);
  }
  const events = isAccepted ? outcome.events : [];
  // Accounts have 20 bytes, proposals 32 and rounds 8, so one index serves all of them.
  const names = new Set<string>(
    events.flatMap((event) => [...accountsOf(event), ...nepsOf(event), ...paidRoundsOf(event)]),
  );
  if (sender !== undefined) names.add(sender);
  for (const name of names) statements.addHistory.run(hexToBytes(name), place);
}

function writeChanges(statements: Statements, { changes, state }: ExecutedBlock, before: State): void {
  for (const [part, table] of TABLE_NAMES.entries()) {
    for (const [key, value] of changes[table]) {
      if (value === undefined) statements.removeEntry.run(part, key);
      else statements.setEntry.run(part, key, encodeEntry(table, value));
    }
  }
  for (const name of CELL_NAMES) {
    if (state.cells[name] !== before.cells[name]) statements.setCell.run(name, encodeCell(name, state.cells[name]));
  }
}
