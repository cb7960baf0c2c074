/** What the package offers. A change here is a change for every other package. */
import { join } from "node:path";
import { expect, test } from "vitest";

test("the package exports these names", async () => {
  const index: object = await import(join(import.meta.dirname, "index.ts"));
  expect(Object.keys(index).sort()).toEqual([
    "NodeError",
    "Secret",
    "SoloEngine",
    "benchEngine",
    "chatPrompt",
    "chatStop",
    "chooseScheme",
    "createWallet",
    "describeFailure",
    "exportModel",
    "initHome",
    "openChain",
    "openModel",
    "readGenesis",
    "readSecretFile",
    "readSequencer",
    "readWallet",
    "recoverWallet",
    "startHttp",
    "startNode",
    "trainLocally",
    "verifyChain",
    "verifyCheckpoint",
    "walletNames",
    "walletPath",
  ]);
});
