/** Escrow: tokens that belong to nobody until what they stand for is decided. Opened once, then returned or burned whole. */
import type { Draft } from "../state/draft.ts";
import type { Escrow } from "../state/tables.ts";
import type { Digest } from "../types/identifiers.ts";
import { credit, debit } from "./balance.ts";
import { moveSupply } from "./supply.ts";

/** The owner can pay: the caller has checked. `id`: of what the escrow is for. */
export function openEscrow(draft: Draft, id: Digest, escrow: Escrow): void {
  if (draft.get("escrows", id) !== undefined) throw new Error(`internal: escrow ${id} is open already`);
  debit(draft, escrow.owner, escrow.amount);
  moveSupply(draft, "spendable", "escrowed", escrow.amount);
  draft.set("escrows", id, escrow);
}

export function returnEscrow(draft: Draft, id: Digest): Escrow {
  const escrow = takeEscrow(draft, id);
  credit(draft, escrow.owner, escrow.amount);
  moveSupply(draft, "escrowed", "spendable", escrow.amount);
  return escrow;
}

export function burnEscrow(draft: Draft, id: Digest): Escrow {
  const escrow = takeEscrow(draft, id);
  moveSupply(draft, "escrowed", "burned", escrow.amount);
  return escrow;
}

function takeEscrow(draft: Draft, id: Digest): Escrow {
  const escrow = draft.get("escrows", id);
  if (escrow === undefined) throw new Error(`internal: there is no escrow ${id}`);
  draft.remove("escrows", id);
  return escrow;
}
