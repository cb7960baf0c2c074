import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, testHome } from "../../test/chain/testNetwork.ts";
import { readSequencer } from "../chain/homeFiles.ts";
import { createWallet } from "../wallet/walletFile.ts";
import { walletPath } from "../wallet/walletFolder.ts";
import { openHomeAccount } from "./homeAccount.ts";

test("a home without a wallet gets one, says where, and keeps it", async () => {
  const home = join(await temporaryFolder(), "home");
  const made = await openHomeAccount(home);
  expect(made.createdPath).toBe(walletPath(home, "default"));
  const again = await openHomeAccount(home);
  expect(again.createdPath).toBeUndefined();
  expect(again.key.reveal().account).toBe(made.key.reveal().account);
});

test("a wallet comes before the key of the sequencer, and the default one before others", async () => {
  const home = await testHome();
  const accountNow = async () => (await openHomeAccount(home)).key.reveal().account;
  expect(await accountNow()).toBe((await readSequencer(home)).key.reveal().account);
  const other = await createWallet(walletPath(home, "aunt"));
  expect(await accountNow()).toBe(other.key.reveal().account);
  const usual = await createWallet(walletPath(home, "default"));
  expect(await accountNow()).toBe(usual.key.reveal().account);
});
