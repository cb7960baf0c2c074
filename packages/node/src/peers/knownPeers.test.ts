import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/chain/testNetwork.ts";
import { addressesIn, readKnownPeers, writeKnownPeers } from "./knownPeers.ts";

test("addresses are kept in their order, each once, and as many as make sense", async () => {
  const home = await temporaryFolder();
  expect(readKnownPeers(home)).toEqual([]);
  const addresses = Array.from({ length: 300 }, (_, index) => `/ip4/192.0.2.1/tcp/${index}`);
  await writeKnownPeers(home, ["/dns4/example.org/tcp/1", ...addresses, addresses[0]!]);
  const known = readKnownPeers(home);
  expect(known).toHaveLength(256);
  expect(known.slice(0, 2)).toEqual(["/dns4/example.org/tcp/1", "/ip4/192.0.2.1/tcp/0"]);
});

test("a file that was damaged is as none, and is written anew", async () => {
  const home = await temporaryFolder();
  const path = join(home, "peers.json");
  for (const text of ["", "{", '{"a":1}', "7"]) {
    await writeFile(path, text);
    expect(readKnownPeers(home)).toEqual([]);
  }
  await writeKnownPeers(home, ["/ip4/192.0.2.1/tcp/1"]);
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual(["/ip4/192.0.2.1/tcp/1"]);
});

test("what is no address is left out", () => {
  expect(addressesIn(["/ip4/192.0.2.1/tcp/1", 5, null, "http://192.0.2.1", `/${"a".repeat(300)}`])).toEqual([
    "/ip4/192.0.2.1/tcp/1",
  ]);
  expect(addressesIn("/ip4/192.0.2.1/tcp/1")).toEqual([]);
});
