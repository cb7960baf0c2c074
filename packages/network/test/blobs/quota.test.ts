import { CHUNK_BYTES, type Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { areSame, testBytes } from "../wire/testBytes.ts";
import { connect, createTestPeer, frameOf, joinHostile, type TestPeer } from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

const fetchWith = ({ network }: TestPeer, digest: Digest) =>
  network.fetchBlob({ digest, mostBytes: 1e9, holders: [], signal: new AbortController().signal });

test("beyond its quota a peer waits, goes on where it was, and is not blamed", async () => {
  const wire = new Wire();
  const giver = createTestPeer(wire, { uploadBytesPerMinute: 8 * CHUNK_BYTES });
  const taker = createTestPeer(wire);
  await connect(wire, taker, giver);
  const bytes = testBytes(20 * CHUNK_BYTES, 1);
  const digest = giver.depot.add(bytes);
  const startMs = wire.clock.nowMs();
  await wire.clock.settle(fetchWith(taker, digest));
  const minutes = (wire.clock.nowMs() - startMs) / 60_000;
  expect(areSame(taker.depot.bytesOf(digest), bytes)).toBe(true);
  // Eight at once, the others at eight a minute.
  expect(minutes).toBeGreaterThan(1.4);
  expect(minutes).toBeLessThan(2);
  expect(giver.network.peers()).toHaveLength(1);
  expect(giver.network.traffic().blobBytesSent).toBeLessThan(22 * CHUNK_BYTES);
});

test("one peer's quota is its own: another takes all it may meanwhile", async () => {
  const wire = new Wire();
  const giver = createTestPeer(wire, { uploadBytesPerMinute: 8 * CHUNK_BYTES });
  const [greedy, modest] = [createTestPeer(wire), createTestPeer(wire)];
  for (const taker of [greedy, modest]) await connect(wire, taker, giver);
  const large = giver.depot.add(testBytes(30 * CHUNK_BYTES, 2));
  const small = giver.depot.add(testBytes(6 * CHUNK_BYTES, 3));
  const endless = fetchWith(greedy, large);
  await wire.clock.advance(20_000);
  const startMs = wire.clock.nowMs();
  await wire.clock.settle(fetchWith(modest, small));
  expect(wire.clock.nowMs() - startMs).toBeLessThan(1000);
  await wire.clock.settle(endless);
});

test("more fetches than a peer may have streams all come to their end", async () => {
  const wire = new Wire();
  const giver = createTestPeer(wire);
  const takers = Array.from({ length: 6 }, () => createTestPeer(wire));
  for (const taker of takers) await connect(wire, taker, giver);
  const digests = Array.from({ length: 8 }, (_, index) => giver.depot.add(testBytes(9 * CHUNK_BYTES, index)));
  const fetches = takers.flatMap((taker) => digests.map((digest) => fetchWith(taker, digest)));
  await wire.clock.settle(Promise.all(fetches));
  for (const taker of takers) for (const digest of digests) expect(taker.depot.bytesOf(digest)).toBeDefined();
  expect(giver.network.peers()).toHaveLength(6);
});

test("more streams than a peer may have are told when to come again", async () => {
  const wire = new Wire();
  const giver = createTestPeer(wire);
  const greedy = await joinHostile(wire, giver);
  const answers: unknown[] = [];
  for (let stream = 0; stream < 6; stream++) {
    const opened = await wire.clock.settle(greedy.openStream(giver.network.device, "/neuroshard/blob/1", "bulk"));
    void frameOf(opened).then((answer) => answers.push(answer));
  }
  await wire.clock.advance(100);
  // Refused, busy, in 1000 ms.
  const busy = Uint8Array.of(3, 1, 0xe8, 3, 0, 0);
  expect(answers).toEqual([busy, busy]);
});

test("a stream on which nothing is asked is ended", async () => {
  const wire = new Wire();
  const giver = createTestPeer(wire);
  const taker = createTestPeer(wire);
  await connect(wire, taker, giver);
  const stream = await wire.clock.settle(
    taker.transport.openStream(giver.network.device, "/neuroshard/blob/1", "small"),
  );
  const reading = stream.read().then(
    () => "more",
    () => "aborted",
  );
  await wire.clock.advance(30_100);
  expect(await reading).toBe("aborted");
});
