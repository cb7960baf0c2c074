import type { Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { connect, createTestPeer, createTestPeers, HELLO, isConnected } from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

const OTHER_NETWORK = "22".repeat(32) as Digest;

test("both sides know the other after one dial, with what it says of itself", async () => {
  const { wire, peers } = createTestPeers(2);
  const [alice, bob] = [peers[0]!, peers[1]!];
  const seen: number[] = [];
  bob.network.onPeers((list) => seen.push(list.length));
  await connect(wire, alice, bob);
  await wire.clock.advance(1000);
  expect(alice.network.peers()).toEqual([
    {
      device: bob.network.device,
      addresses: bob.network.addresses,
      softwareVersion: "1.0.0",
      headHeight: 7,
      latencyMs: 10,
    },
  ]);
  expect(bob.network.peers().map(({ device }) => device)).toEqual([alice.network.device]);
  await alice.network.stop();
  await wire.clock.advance(1000);
  expect(bob.network.peers()).toEqual([]);
  expect(seen).toEqual([1, 0]);
});

interface Misfit {
  readonly name: string;
  readonly mine?: object;
  readonly theirs?: object;
  readonly code: string;
  readonly values: readonly string[];
}

const MISFITS: readonly Misfit[] = [
  { name: "another network", theirs: { networkId: OTHER_NETWORK }, code: "WRONG_NETWORK", values: ["1111", "2222"] },
  {
    name: "a peer that is too old",
    theirs: { protocolVersion: 1 },
    code: "OLD_PROTOCOL",
    values: ["needs protocol 2", "has 1"],
  },
  {
    name: "a peer that finds us too old",
    mine: { protocolVersion: 1, oldestProtocolVersion: 1 },
    code: "OLD_PROTOCOL",
    values: ["needs protocol 2", "has 1"],
  },
  {
    name: "a peer that is newer and does not take our version any more",
    theirs: { protocolVersion: 9, oldestProtocolVersion: 8 },
    code: "OLD_PROTOCOL",
    values: ["needs protocol 8", "has 3"],
  },
];

test.each(MISFITS)(
  "$name: one line with both values at both ends, then the connection ends with a ban",
  async (misfit) => {
    const wire = new Wire();
    const alice = createTestPeer(wire, { hello: { ...HELLO, ...misfit.mine } });
    const bob = createTestPeer(wire, { hello: { ...HELLO, ...misfit.theirs } });
    const dial = () => wire.clock.settle(alice.network.dial(bob.transport.addresses[0]!));
    const error = await dial().catch((reason: unknown) => reason as Error & { code: string });
    expect(error).toMatchObject({ code: misfit.code });
    await wire.clock.advance(2000);
    for (const line of [error!.message, ...alice.problems, ...bob.problems]) {
      expect(line).not.toContain("\n");
      for (const value of misfit.values) expect(line).toContain(value);
    }
    expect([alice.problems.length, bob.problems.length]).toEqual([1, 1]);
    expect(alice.network.peers()).toEqual([]);
    expect(bob.network.peers()).toEqual([]);
    expect(isConnected(alice, bob.network.device)).toBe(false);
    await expect(dial()).rejects.toMatchObject({ code: "UNREACHABLE" });
    await wire.clock.advance(600_000);
    await expect(dial()).rejects.toMatchObject({ code: misfit.code });
  },
);

test("versions from the oldest on that both accept get along", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire, { hello: { ...HELLO, protocolVersion: 2 } });
  const bob = createTestPeer(wire, { hello: { ...HELLO, protocolVersion: 4 } });
  await connect(wire, alice, bob);
  expect(alice.network.peers()).toHaveLength(1);
});

test("a peer that does not greet is left, and may come back later", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  const mute = wire.join();
  mute.handleStreams("/neuroshard/hello/1", () => undefined);
  const dial = () => wire.clock.settle(alice.network.dial(mute.addresses[0]!));
  await expect(dial()).rejects.toMatchObject({ code: "TOO_SLOW" });
  expect(wire.clock.nowMs()).toBeLessThan(11_000);
  await wire.clock.advance(2000);
  expect(isConnected(alice, mute.device)).toBe(false);
  await expect(dial()).rejects.toMatchObject({ code: "UNREACHABLE" });
  await wire.clock.advance(30_000);
  await expect(dial()).rejects.toMatchObject({ code: "TOO_SLOW" });
});
