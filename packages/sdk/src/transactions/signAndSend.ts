/** Builds, signs here, and hands in. */
import type { TransactionBody } from "@neuroshard/protocol";
import { sendTransaction } from "../actions/sendTransaction.ts";
import type { CallOptions, Client } from "../client.ts";
import { buildTransaction, type TransactionWish } from "./buildTransaction.ts";
import { type SignedBytes, signContent } from "./signContent.ts";
import type { Signer } from "./signer.ts";

export interface SendOptions extends CallOptions, Pick<TransactionWish, "nonce" | "validForBlocks"> {}

/** The id to wait for. */
export async function signAndSend(
  client: Client,
  signer: Signer,
  body: TransactionBody,
  { signal, nonce, validForBlocks }: SendOptions = {},
): Promise<SignedBytes> {
  const wish = { publicKey: signer.publicKey, body, nonce, validForBlocks };
  const signed = await signContent(await buildTransaction(client, wish, { signal }), signer);
  await sendTransaction(client, signed.bytes, { signal });
  return signed;
}
