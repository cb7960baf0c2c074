import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { networkIdOf } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { refusal, temporaryFolder, testHome } from "../../test/chain/testNetwork.ts";
import { readGenesis } from "../chain/homeFiles.ts";
import { readKnownPeers } from "./knownPeers.ts";
import { descriptorPath, joinByDescriptor, readDescriptor, writeDescriptor } from "./networkDescriptor.ts";

const ADDRESS = "/ip4/192.0.2.1/tcp/4001";

async function described() {
  const { genesis } = readGenesis(await testHome());
  const path = descriptorPath(await temporaryFolder());
  await writeDescriptor(path, { genesis, addresses: [ADDRESS] });
  return { genesis, path };
}

test("a descriptor makes a home one of its network, and brings the first addresses", async () => {
  const { genesis, path } = await described();
  const home = join(await temporaryFolder(), "home");
  await joinByDescriptor(home, readDescriptor(path));
  expect(networkIdOf(readGenesis(home).genesis)).toBe(networkIdOf(genesis));
  expect(readKnownPeers(home)).toEqual([ADDRESS]);
});

test("joined once more, a home only learns addresses", async () => {
  const { genesis } = await described();
  const home = join(await temporaryFolder(), "home");
  await joinByDescriptor(home, { genesis, addresses: [ADDRESS] });
  await joinByDescriptor(home, { genesis, addresses: ["/ip4/192.0.2.2/tcp/4001"] });
  expect(readKnownPeers(home)).toEqual(["/ip4/192.0.2.2/tcp/4001", ADDRESS]);
});

test("a home of another network is not touched", async () => {
  const { genesis } = await described();
  const home = await testHome(["cleo"]);
  const before = await readFile(join(home, "genesis.json"), "utf8");
  expect(await refusal(() => joinByDescriptor(home, { genesis, addresses: [ADDRESS] }))).toMatchObject({
    code: "OTHER_NETWORK",
  });
  expect(await readFile(join(home, "genesis.json"), "utf8")).toBe(before);
  expect(readKnownPeers(home)).toEqual([]);
});

test.each([
  ["no JSON", "{"],
  ["no object", "null"],
  ["of another format", '{"format":9}'],
  ["without a genesis", '{"format":1,"addresses":[]}'],
])("a descriptor that is %s is BAD_DESCRIPTOR and names the file", async (_, text) => {
  const path = descriptorPath(await temporaryFolder());
  await writeFile(path, text);
  const { code, message } = await refusal(() => readDescriptor(path));
  expect(code).toBe("BAD_DESCRIPTOR");
  expect(message).toContain(path);
});
