/** The account that a home's device works for: a wallet of the home, the sequencer's, or one that is made for it. */
import type { AccountKey } from "@neuroshard/protocol";
import { hasSequencer, readSequencer } from "../chain/homeFiles.ts";
import type { Secret } from "../wallet/secret.ts";
import { createWallet, readWallet } from "../wallet/walletFile.ts";
import { walletNames, walletPath } from "../wallet/walletFolder.ts";

const USUAL_WALLET = "default";

export interface HomeAccount {
  readonly key: Secret<AccountKey>;
  /** Where a wallet was made just now, as nobody has its words yet. */
  readonly createdPath: string | undefined;
}

/** Throws what `readWallet` and `createWallet` throw. */
export async function openHomeAccount(home: string): Promise<HomeAccount> {
  const names = await walletNames(home);
  const name = names.includes(USUAL_WALLET) ? USUAL_WALLET : names[0];
  if (name !== undefined) return { key: (await readWallet(walletPath(home, name))).key, createdPath: undefined };
  if (hasSequencer(home)) return { key: (await readSequencer(home)).key, createdPath: undefined };
  const { key, path } = await createWallet(walletPath(home, USUAL_WALLET));
  return { key, createdPath: path };
}
