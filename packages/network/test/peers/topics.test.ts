import { expect, test } from "vitest";
import { connect, createTestPeer, createTestPeers, isConnected, joinHostile } from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

const TOPIC = "neuroshard/transactions/1";
const ARRIVAL_MS = 100;

async function listening(verdict: "accept" | "reject" = "accept") {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  const heard: Uint8Array[] = [];
  alice.network.subscribe("transactions", async ({ transaction }) => {
    heard.push(transaction);
    return verdict;
  });
  const hostile = await joinHostile(wire, alice);
  async function say(bytes: Uint8Array): Promise<void> {
    await hostile.publish(TOPIC, bytes);
    await wire.clock.advance(ARRIVAL_MS);
  }
  return { wire, alice, hostile, heard, say, isAlive: () => isConnected(alice, hostile.device) };
}

test("a message arrives as it was published", async () => {
  const { wire, peers } = createTestPeers(2);
  const [alice, bob] = [peers[0]!, peers[1]!];
  const heard: unknown[] = [];
  bob.network.subscribe("transactions", async (message, from) => {
    heard.push([message, from]);
    return "accept";
  });
  await connect(wire, alice, bob);
  await alice.network.publish("transactions", { transaction: Uint8Array.of(1, 2) });
  await wire.clock.advance(ARRIVAL_MS);
  expect(heard).toEqual([[{ transaction: Uint8Array.of(1, 2) }, alice.network.device]]);
  expect(bob.network.traffic().messageBytesReceived).toBeGreaterThanOrEqual(3);
});

test("a malformed message never reaches the handler, and counts", async () => {
  const { say, heard, isAlive } = await listening();
  await say(Uint8Array.of(5, 1));
  expect(isAlive()).toBe(true);
  await say(Uint8Array.of(1, 1, 1));
  expect([heard.length, isAlive()]).toEqual([0, false]);
});

test("a message beyond the size of its topic never reaches the handler", async () => {
  const { say, heard, isAlive } = await listening();
  await say(new Uint8Array(400_009));
  await say(new Uint8Array(400_009));
  expect([heard.length, isAlive()]).toEqual([0, false]);
});

test("what the handler rejects counts against who passed it on", async () => {
  const { say, heard, isAlive } = await listening("reject");
  for (let time = 0; time < 3; time++) await say(Uint8Array.of(1, time));
  expect(isAlive()).toBe(true);
  await say(Uint8Array.of(1, 9));
  expect([heard.length, isAlive()]).toEqual([4, false]);
});

test("a flood is heard up to the rate of the topic, then ends in a ban", async () => {
  const { hostile, wire, heard, isAlive } = await listening();
  const said = Array.from({ length: 1100 }, (_, index) => hostile.publish(TOPIC, Uint8Array.of(1, index & 255)));
  await Promise.all(said);
  await wire.clock.advance(ARRIVAL_MS);
  expect(heard).toHaveLength(1000);
  expect(isAlive()).toBe(false);
});

test("nothing is heard before the greeting", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  let heard = 0;
  alice.network.subscribe("transactions", async () => {
    heard += 1;
    return "accept";
  });
  const mute = wire.join();
  mute.handleStreams("/neuroshard/hello/1", () => undefined);
  await wire.clock.settle(mute.dial(alice.transport.addresses[0]!));
  await mute.publish(TOPIC, Uint8Array.of(1, 1));
  await wire.clock.advance(ARRIVAL_MS);
  expect(heard).toBe(0);
});

test("a handler that fails is this node's own fault", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  alice.network.subscribe("transactions", async () => {
    throw new Error("the pool is on fire");
  });
  const bob = createTestPeer(wire);
  await connect(wire, bob, alice);
  for (let time = 0; time < 9; time++) {
    await bob.network.publish("transactions", { transaction: Uint8Array.of(time) });
  }
  await wire.clock.advance(ARRIVAL_MS);
  expect(alice.problems[0]).toBe("the pool is on fire");
  expect(isConnected(alice, bob.network.device)).toBe(true);
});
