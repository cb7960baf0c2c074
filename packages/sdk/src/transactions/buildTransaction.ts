/** What a sender wants, completed with what the network says: its id, the account's next nonce, and until when it is good. */
import {
  accountOf,
  type Digest,
  formatAddress,
  type TransactionBody,
  type TransactionContent,
} from "@neuroshard/protocol";
import { getAccount } from "../actions/getAccount.ts";
import { getStatus } from "../actions/getStatus.ts";
import type { CallOptions, Client } from "../client.ts";

export interface TransactionWish {
  readonly publicKey: Uint8Array;
  readonly body: TransactionBody;
  /** Otherwise the next one, after what the node has waiting. */
  readonly nonce?: number | undefined;
  /** How many blocks it stays good for. */
  readonly validForBlocks?: number | undefined;
}

const USUAL_VALIDITY_BLOCKS = 100;

export async function buildTransaction(
  client: Client,
  { publicKey, body, nonce, validForBlocks = USUAL_VALIDITY_BLOCKS }: TransactionWish,
  options?: CallOptions,
): Promise<TransactionContent> {
  const address = formatAddress(accountOf(publicKey));
  const [{ networkId, head }, account] = await Promise.all([
    getStatus(client, options),
    getAccount(client, address, options),
  ]);
  return {
    networkId: networkId as Digest,
    publicKey,
    nonce: nonce ?? account.nextNonce,
    lastHeight: head.height + validForBlocks,
    body,
  };
}
