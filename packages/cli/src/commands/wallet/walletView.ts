/** What of a wallet may be shown: everything but its secrets. */
import type { Wallet } from "@neuroshard/node";

export interface WalletView {
  readonly name: string;
  readonly address: string;
  readonly publicKey: string;
  readonly path: string;
  readonly ancestorNodeId?: string;
}

export function viewOf(name: string, { address, publicKey, path, ancestorNodeId }: Wallet): WalletView {
  return { name, address, publicKey, path, ...(ancestorNodeId !== undefined && { ancestorNodeId }) };
}

/** For people: a few lines, each ended. */
export function describeWallet({ name, address, publicKey, path, ancestorNodeId }: WalletView): string {
  const ancestor = ancestorNodeId === undefined ? "" : `  node id of the earlier NeuroShard  ${ancestorNodeId}\n`;
  return `${name}\n  address     ${address}\n  public key  ${publicKey}\n  file        ${path}\n${ancestor}`;
}
