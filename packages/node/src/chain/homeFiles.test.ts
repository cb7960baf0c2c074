import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { bytesToHex, hexToBytes, networkIdOf } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { person } from "../../test/chain/people.ts";
import { openTestChain, refusal, temporaryFolder, testHome } from "../../test/chain/testNetwork.ts";
import { initHome, type NewNetwork, readGenesis, readSequencer } from "./homeFiles.ts";

async function newNetwork(): Promise<NewNetwork> {
  const home = join(await temporaryFolder(), "home");
  const allocations = [{ account: person("ada").account, amount: 5n }];
  return { home, name: "a network", preset: "devnet", allocations, createdAtMs: 1_700_000_000_000 };
}

test("a new home has a genesis that names its sequencer, whose wallet only its owner can read", async () => {
  const network = await newNetwork();
  const { genesis, sequencer } = await initHome(network);
  expect(genesis).toMatchObject({ name: "a network", preset: "devnet", createdAtMs: 1_700_000_000_000 });
  expect(bytesToHex(genesis.sequencer)).toBe(sequencer.publicKey);
  const read = readGenesis(network.home);
  expect(networkIdOf(read.genesis)).toBe(networkIdOf(genesis));
  expect(read.state.tables.accounts.get(person("ada").account)).toEqual({ balance: 5n, nonce: 0 });
  const wallet = await readSequencer(network.home);
  expect(wallet.address).toBe(sequencer.address);
  if (process.platform !== "win32") expect((await stat(wallet.path)).mode & 0o777).toBe(0o600);
});

test("a home that holds a network, or a chain, is not made anew", async () => {
  const network = await newNetwork();
  await initHome(network);
  expect(await refusal(() => initHome(network))).toMatchObject({ code: "EXISTS" });
  openTestChain(network.home).close();
  await rm(join(network.home, "genesis.json"));
  expect(await refusal(() => initHome(network))).toMatchObject({ code: "EXISTS" });
});

test("an attempt that was interrupted before its genesis is finished with the same key", async () => {
  const network = await newNetwork();
  const { sequencer } = await initHome(network);
  await rm(join(network.home, "genesis.json"));
  expect((await initHome(network)).sequencer.publicKey).toBe(sequencer.publicKey);
});

test("a network whose parameters contradict the rules is refused before its genesis is written", async () => {
  const network = await newNetwork();
  const overrides = [{ key: "economics.constants.NO_SUCH", value: { kind: "integer", value: 1n } }] as const;
  const { code, message } = await refusal(() => initHome({ ...network, overrides }));
  expect(code).toBe("BAD_GENESIS");
  expect(message).toContain("PARAM_UNKNOWN, key economics.constants.NO_SUCH");
  expect(await refusal(() => readGenesis(network.home))).toMatchObject({ code: "NO_NETWORK" });
});

test("a genesis of an earlier format is refused by its format, not by the fields that it lacks", async () => {
  const home = await testHome();
  const path = join(home, "genesis.json");
  await writeFile(path, JSON.stringify({ format: 1, name: "old", allocations: [] }));
  const { code, message } = await refusal(() => readGenesis(home));
  expect(code).toBe("BAD_GENESIS");
  expect(message).toContain("has format 1 and this release reads format 2");
});

test("a folder without a genesis holds no network, and a damaged genesis says where", async () => {
  expect(await refusal(() => readGenesis("no-such-folder"))).toMatchObject({ code: "NO_NETWORK" });
  const home = await testHome();
  const path = join(home, "genesis.json");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace('"minimal"', '"maximal"'));
  const { code, message } = await refusal(() => openTestChain(home));
  expect(code).toBe("BAD_GENESIS");
  expect(message).toContain("preset");
  await writeFile(path, text.slice(0, 100));
  expect(await refusal(() => openTestChain(home))).toMatchObject({ code: "BAD_GENESIS" });
});

test("every byte of the genesis is part of the network's identity", async () => {
  const { genesis } = readGenesis(await testHome());
  const other = { ...genesis, sequencer: hexToBytes(bytesToHex(person("cem").publicKey)) };
  const ids = [genesis, other, { ...genesis, name: "other" }, { ...genesis, createdAtMs: 1 }].map(networkIdOf);
  expect(new Set(ids).size).toBe(4);
});
