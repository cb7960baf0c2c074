import { expect, test } from "vitest";
import { askGenesis } from "../../src/peer/askGenesis.ts";
import { createTestPeer } from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

const GENESIS = Uint8Array.of(1, 2, 3);

test("whoever has only an address learns the genesis without a greeting", async () => {
  const wire = new Wire();
  const node = createTestPeer(wire);
  node.network.serve("genesis", async () => ({ genesis: GENESIS }));
  const visitor = wire.join();
  const asked = askGenesis(visitor, node.transport.addresses[0]!);
  expect(await wire.clock.settle(asked)).toEqual(GENESIS);
  expect(node.network.peers()).toEqual([]);
});

test("a node that cannot give its genesis refuses, and its reason stays with it", async () => {
  const wire = new Wire();
  const node = createTestPeer(wire);
  node.network.serve("genesis", async () => {
    throw new Error("not now");
  });
  const asked = askGenesis(wire.join(), node.transport.addresses[0]!);
  await expect(wire.clock.settle(asked)).rejects.toMatchObject({ code: "REFUSED" });
});
