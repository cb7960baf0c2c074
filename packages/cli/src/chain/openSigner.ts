/** A wallet that signs for a command. */
import { readWallet, walletPath } from "@neuroshard/node";
import { type Signer, signerOf } from "@neuroshard/sdk";

export interface OpenSigner extends Signer {
  readonly address: string;
}

export async function openSigner({ home, wallet }: { home: string; wallet: string }): Promise<OpenSigner> {
  const { key, address } = await readWallet(walletPath(home, wallet));
  return { ...signerOf(key.reveal()), address };
}
