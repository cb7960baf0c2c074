/** What a step may know besides the state and the transaction. */
import type { SignatureScheme } from "../crypto/signatureScheme.ts";
import type { Params } from "../params/params.ts";
import type { Draft } from "../state/draft.ts";
import type { AccountId, DeviceKey, Digest } from "../types/identifiers.ts";
import type { BodyOf, TransactionKind } from "../types/transaction.ts";
import type { Outcome } from "./outcome.ts";

export interface BlockContext {
  /** Of the block that is being executed. */
  readonly height: number;
  readonly networkId: Digest;
  /** The parameters in force at this height. */
  readonly params: Params;
  readonly scheme: SignatureScheme;
}

export interface Call<K extends TransactionKind> {
  readonly sender: AccountId;
  readonly body: BodyOf<K>;
  readonly transactionId: Digest;
  /** The key that signed: of a device for the kinds of work, of the account otherwise. */
  readonly signer: DeviceKey;
}

/** One kind of transaction. Checks first, then writes; what it wrote before a rejection is taken back. */
export type Apply<K extends TransactionKind> = (draft: Draft, call: Call<K>, context: BlockContext) => Outcome;
