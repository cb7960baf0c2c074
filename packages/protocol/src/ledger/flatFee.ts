/** The flat fee of each kind of transaction. It goes to the treasury, and only with a transaction that is accepted. */
import type { Params } from "../params/params.ts";
import type { Amount } from "../types/identifiers.ts";
import type { TransactionKind } from "../types/transaction.ts";

const FEE_KEYS = {
  transfer: "economics.fees.TRANSFER_FEE",
  burn: "economics.fees.BURN_FEE",
  stake: "economics.fees.STAKE_FEE",
  unstake: "economics.fees.UNSTAKE_FEE",
  delegate: "economics.fees.DELEGATE_FEE",
  registerDevice: "economics.fees.DEVICE_FEE",
  retireDevice: "economics.fees.DEVICE_FEE",
  evidence: "economics.fees.EVIDENCE_FEE",
  nepSubmit: "economics.fees.NEP_FEE",
  nepEdit: "economics.fees.NEP_FEE",
  nepWithdraw: "economics.fees.NEP_FEE",
  nepVote: "economics.fees.NEP_FEE",
  bulkVote: "economics.fees.NEP_FEE",
  nepReady: "economics.fees.NEP_FEE",
  nepRollback: "economics.fees.NEP_FEE",
  nepComment: "economics.fees.NEP_FEE",
  // Work is bounded by the slots, the validators and the audits that there are: each is accepted once.
  attestLiveness: null,
  commitWork: null,
  attestAvailability: null,
  attestModel: null,
  auditSeal: null,
  auditReveal: null,
} as const satisfies { readonly [K in TransactionKind]: string | null };

export function flatFeeOf(kind: TransactionKind, params: Params): Amount {
  const key = FEE_KEYS[kind];
  return key === null ? 0n : params.get(key);
}
