/** People whose keys follow from their names, and what they send. */
import {
  type AccountKey,
  accountKeyOf,
  type Digest,
  sha256,
  signTransaction,
  type TransactionBody,
} from "@neuroshard/protocol";
import type { Chain } from "../../src/chain/chain.ts";

export const NEURO = 10n ** 18n;

const keys = new Map<string, AccountKey>();

export function person(name: string): AccountKey {
  const key = keys.get(name) ?? accountKeyOf(sha256(new TextEncoder().encode(name)));
  keys.set(name, key);
  return key;
}

export function balanceOf(chain: Chain, name: string): bigint {
  return chain.state.tables.accounts.get(person(name).account)?.balance ?? 0n;
}

export interface Sent {
  readonly from: string;
  readonly nonce: number;
  readonly body?: TransactionBody;
  readonly lastHeight?: number;
  readonly networkId?: Digest;
}

export function transfer(to: string, amount: bigint, memo = ""): TransactionBody {
  return { kind: "transfer", recipient: person(to).account, amount, memo };
}

/** A transfer of one NEURO to Ben where nothing else is said. */
export function signed(chain: Chain, { from, nonce, ...said }: Sent): Uint8Array {
  const lastHeight = chain.head().height + 100;
  const content = { networkId: chain.networkId, lastHeight, body: transfer("ben", NEURO), ...said, nonce };
  return signTransaction(content, person(from), chain.scheme).bytes;
}
