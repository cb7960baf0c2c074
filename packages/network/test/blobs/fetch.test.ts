import { CHUNK_BYTES, type DeviceKey, type Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { areSame, testBytes } from "../wire/testBytes.ts";
import { connect, createTestPeer, type TestPeer } from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

/** Somebody who fetches, connected to so many others. */
async function fetching(others: number) {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  const sources = Array.from({ length: others }, () => createTestPeer(wire));
  for (const source of sources) await connect(wire, alice, source);
  const progress: number[] = [];
  const start = (digest: Digest, changes: { mostBytes?: number; holders?: DeviceKey[]; signal?: AbortSignal } = {}) =>
    alice.network.fetchBlob({
      digest,
      mostBytes: 1e9,
      holders: [],
      signal: new AbortController().signal,
      onProgress: (bytes) => progress.push(bytes),
      ...changes,
    });
  const fetch = (...args: Parameters<typeof start>) => wire.clock.settle(start(...args));
  return { wire, alice, sources, fetch, start, progress };
}

test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 5 * CHUNK_BYTES + 77])(
  "a blob of %i bytes arrives whole",
  async (length) => {
    const { alice, sources, fetch, progress } = await fetching(1);
    const bytes = testBytes(length, 1);
    const digest = sources[0]!.depot.add(bytes);
    await fetch(digest);
    expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
    expect(progress.at(-1)).toBe(length);
    expect(alice.network.traffic().blobBytesReceived).toBeGreaterThanOrEqual(length);
  },
);

test("several sources share the work, and no chunk is stored twice", async () => {
  const { alice, sources, fetch, progress } = await fetching(3);
  const bytes = testBytes(40 * CHUNK_BYTES + 5, 2);
  const digest = sources.map(({ depot }) => depot.add(bytes))[0]!;
  await fetch(digest);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
  expect(alice.depot.written.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 41 }, (_, index) => index));
  for (const { network } of sources) expect(network.traffic().blobBytesSent).toBeGreaterThan(4 * CHUNK_BYTES);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(alice.network.traffic().blobBytesReceived).toBeLessThan(1.1 * bytes.length + 3 * CHUNK_BYTES);
});

test("a slow source gets fewer chunks, and what it owes for long comes from another, once", async () => {
  const { wire, alice, sources, fetch } = await fetching(2);
  const [slow, fast] = sources as [TestPeer, TestPeer];
  wire.network.setLink(alice.network.device, slow.network.device, { bytesPerSecond: 300_000 });
  wire.network.setLink(alice.network.device, fast.network.device, { bytesPerSecond: 20_000_000 });
  const bytes = testBytes(40 * CHUNK_BYTES, 13);
  const digest = fast.depot.add(bytes);
  slow.depot.add(bytes);
  const startMs = wire.clock.nowMs();
  await fetch(digest);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
  expect(alice.depot.written).toHaveLength(40);
  expect(slow.network.traffic().blobBytesSent).toBeLessThan(fast.network.traffic().blobBytesSent / 3);
  // All that the slow one claimed would take it 28 s.
  expect(wire.clock.nowMs() - startMs).toBeLessThan(10_000);
});

test("a source that dies in the middle is replaced by another", async () => {
  const { wire, alice, sources, start } = await fetching(2);
  const bytes = testBytes(30 * CHUNK_BYTES, 3);
  const digest = sources.map(({ depot }) => depot.add(bytes))[0]!;
  const done = start(digest);
  while (alice.depot.written.length < 8) await wire.clock.advance(5);
  await sources[0]!.network.stop();
  await wire.clock.settle(done);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
});

test("what has come before a restart is not fetched again", async () => {
  const { wire, alice, sources, start, fetch } = await fetching(1);
  const [source] = sources as [TestPeer];
  const bytes = testBytes(20 * CHUNK_BYTES + 9, 4);
  const digest = source.depot.add(bytes);
  const controller = new AbortController();
  const interrupted = start(digest, { signal: controller.signal });
  interrupted.catch(() => undefined);
  while (alice.depot.written.length < 9) await wire.clock.advance(5);
  controller.abort(new Error("the machine goes down"));
  await expect(wire.clock.settle(interrupted)).rejects.toThrow("the machine goes down");
  const before = alice.depot.written.length;
  await fetch(digest);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
  expect(alice.depot.written.length).toBe(21);
  expect(before).toBeGreaterThanOrEqual(9);
});

test("a partition that heals while the others are asked does no harm", async () => {
  const { wire, alice, sources, start } = await fetching(2);
  const [first, second] = sources as [TestPeer, TestPeer];
  const bytes = testBytes(30 * CHUNK_BYTES, 5);
  const digest = first.depot.add(bytes);
  second.depot.add(bytes);
  const done = start(digest);
  while (alice.depot.written.length < 4) await wire.clock.advance(5);
  await first.transport.disconnect(alice.network.device, 0);
  await connect(wire, alice, first);
  await second.transport.disconnect(alice.network.device, 0);
  await wire.clock.settle(done);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
});

test("a partition in the middle only makes it later", async () => {
  const { wire, alice, sources, start } = await fetching(2);
  const bytes = testBytes(30 * CHUNK_BYTES, 12);
  const digest = sources.map(({ depot }) => depot.add(bytes))[0]!;
  const done = start(digest);
  while (alice.depot.written.length < 6) await wire.clock.advance(5);
  wire.network.partition([[alice.network.device]]);
  await wire.clock.advance(10_000);
  const during = alice.depot.written.length;
  wire.network.heal();
  await wire.clock.settle(done);
  expect(during).toBeLessThan(30);
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
  expect(alice.network.peers()).toHaveLength(2);
});

test("everybody is asked, holders first; nobody has it: NOT_FOUND", async () => {
  const { alice, sources, fetch } = await fetching(6);
  const bytes = testBytes(100, 6);
  const digest = sources[5]!.depot.add(bytes);
  await fetch(digest, { holders: [sources[4]!.network.device, "02".padEnd(66, "e") as DeviceKey] });
  expect(areSame(alice.depot.bytesOf(digest), bytes)).toBe(true);
  const nowhere = "77".repeat(32) as Digest;
  await expect(fetch(nowhere)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: expect.stringContaining("6 peers"),
  });
  expect(alice.network.peers()).toHaveLength(6);
});

test("a holder that has it is the only one asked", async () => {
  const { sources, fetch } = await fetching(4);
  const digest = sources.map(({ depot }) => depot.add(testBytes(3 * CHUNK_BYTES, 7)))[0]!;
  await fetch(digest, { holders: [sources[2]!.network.device] });
  const givers = sources.filter(({ network }) => network.traffic().blobBytesSent > 0);
  expect(givers).toEqual([sources[2]]);
});

test("a longer blob than wanted is refused before anything is transferred", async () => {
  const { alice, sources, fetch } = await fetching(2);
  const digest = sources.map(({ depot }) => depot.add(testBytes(3 * CHUNK_BYTES, 8)))[0]!;
  await expect(fetch(digest, { mostBytes: 3 * CHUNK_BYTES - 1 })).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(alice.network.traffic().blobBytesReceived).toBeLessThan(CHUNK_BYTES);
  expect(alice.depot.blobs.size).toBe(0);
  expect(alice.network.peers()).toHaveLength(2);
});

test("no room, at the beginning or later: NO_ROOM, and the sources are not blamed", async () => {
  const { wire, alice, sources, fetch, start } = await fetching(1);
  const digest = sources[0]!.depot.add(testBytes(12 * CHUNK_BYTES, 9));
  alice.depot.failure = new Error("no space left on device");
  await expect(fetch(digest)).rejects.toMatchObject({ code: "NO_ROOM", message: expect.stringContaining("no space") });
  alice.depot.failure = undefined;
  const later = start(digest);
  later.catch(() => undefined);
  while (alice.depot.written.length < 3) await wire.clock.advance(5);
  alice.depot.failure = new Error("no space left on device");
  await expect(wire.clock.settle(later)).rejects.toMatchObject({ code: "NO_ROOM" });
  expect(alice.network.peers()).toHaveLength(1);
  alice.depot.failure = undefined;
  await fetch(digest);
  expect(alice.depot.bytesOf(digest)).toHaveLength(12 * CHUNK_BYTES);
});

test("a fetch ends at once when it is cancelled, and when the node stops", async () => {
  const { wire, alice, sources, start } = await fetching(1);
  const digest = sources[0]!.depot.add(testBytes(60 * CHUNK_BYTES, 10));
  const controller = new AbortController();
  const cancelled = start(digest, { signal: controller.signal });
  cancelled.catch(() => undefined);
  await wire.clock.advance(30);
  controller.abort(new Error("the round is over"));
  await expect(wire.clock.settle(cancelled, 1000)).rejects.toThrow("the round is over");
  const stopped = start(digest);
  stopped.catch(() => undefined);
  await wire.clock.advance(30);
  await alice.network.stop();
  await expect(wire.clock.settle(stopped, 1000)).rejects.toThrow("the node is stopping");
});

test("the same blob wanted twice at a time comes once, and one that is here not at all", async () => {
  const { wire, alice, sources, start, fetch } = await fetching(1);
  const digest = sources[0]!.depot.add(testBytes(6 * CHUNK_BYTES, 11));
  await wire.clock.settle(Promise.all([start(digest), start(digest)]));
  expect(alice.depot.written).toHaveLength(6);
  const { blobBytesReceived } = alice.network.traffic();
  expect(blobBytesReceived).toBeLessThan(6.5 * CHUNK_BYTES);
  await fetch(digest);
  expect(alice.network.traffic().blobBytesReceived).toBe(blobBytesReceived);
  expect(alice.depot.written).toHaveLength(6);
});
