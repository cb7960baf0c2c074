import { blobDigest, CHUNK_BYTES, chunkHashes, type Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { encodeAnswer } from "../../src/blobs/blobFrames.ts";
import { BLOB_PROTOCOL_ID } from "../../src/peer/protocolId.ts";
import type { ByteStream } from "../../src/transport.ts";
import { areSame, testBytes } from "../wire/testBytes.ts";
import { connect, createTestPeer, framed, frameOf, isConnected, joinHostile } from "../wire/testPeers.ts";
import { Wire } from "../wire/wire.ts";

const CHUNKS = 3;
const BYTES = testBytes(CHUNKS * CHUNK_BYTES, 1);
const DIGEST = blobDigest(BYTES);

const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

interface Lies {
  readonly bytes?: number;
  readonly hashes?: readonly Uint8Array[];
  /** What is sent for a chunk, as one frame's body or raw bytes. */
  readonly chunk?: (index: number, honest: Uint8Array) => Uint8Array;
}

/** A source that follows the protocol but for its lies. */
function serveLies(stream: ByteStream, { bytes = BYTES.length, hashes = chunkHashes(BYTES), chunk }: Lies): void {
  async function serve(): Promise<void> {
    for (;;) {
      const question = await frameOf(stream);
      if (!(question instanceof Uint8Array)) return;
      if (question[0] === 0) {
        await stream.write(framed(joined(encodeAnswer({ kind: "opened", bytes }))));
        if (question.at(-1) === 1) await stream.write(framed(joined(encodeAnswer({ kind: "hashes", hashes }))));
        continue;
      }
      const view = new DataView(question.buffer);
      const first = view.getUint32(1, true);
      for (let index = first; index < first + view.getUint16(5, true); index++) {
        const honest = BYTES.slice(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);
        await stream.write(
          chunk?.(index, honest) ?? framed(joined(encodeAnswer({ kind: "chunk", index, chunk: honest }))),
        );
      }
    }
  }
  serve().catch(() => undefined);
}

async function betweenLiarAndHonest(lies: Lies) {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  const liar = await joinHostile(wire, alice);
  liar.handleStreams(BLOB_PROTOCOL_ID, (stream) => serveLies(stream, lies));
  const honest = createTestPeer(wire);
  honest.depot.add(BYTES);
  await connect(wire, alice, honest);
  const fetch = () =>
    wire.clock.settle(
      alice.network.fetchBlob({
        digest: DIGEST,
        mostBytes: 1e9,
        holders: [liar.device],
        signal: new AbortController().signal,
      }),
    );
  return { wire, alice, liar, honest, fetch };
}

const chunkFrame = (index: number, chunk: Uint8Array) => framed(joined(encodeAnswer({ kind: "chunk", index, chunk })));
const flipped = (bytes: Uint8Array) => bytes.map((byte, index) => (index === 1000 ? byte ^ 1 : byte));

const LIES: readonly (readonly [string, Lies])[] = [
  ["one bit of a chunk", { chunk: (index, honest) => chunkFrame(index, index === 1 ? flipped(honest) : honest) }],
  [
    "one bit of the last chunk",
    { chunk: (index, honest) => chunkFrame(index, index === 2 ? flipped(honest) : honest) },
  ],
  ["a truncated chunk", { chunk: (index, honest) => chunkFrame(index, honest.subarray(0, 1000)) }],
  [
    "a chunk that is too long",
    { chunk: (index) => framed(new Uint8Array(CHUNK_BYTES + 6).fill(2, 0, 1).fill(index, 1, 2)) },
  ],
  ["another chunk", { chunk: (index, honest) => chunkFrame(index + 1, honest) }],
  ["a chunk twice", { chunk: (index, honest) => joined([chunkFrame(index, honest), chunkFrame(index, honest)]) }],
  ["other hashes", { hashes: chunkHashes(BYTES).toReversed() }],
  ["too few hashes", { hashes: chunkHashes(BYTES).slice(1) }],
  ["another length, with the hashes of the blob", { bytes: BYTES.length - 1 }],
  ["an enormous length", { bytes: 2 ** 53 - 1 }],
  ["an answer of no kind", { chunk: () => framed(Uint8Array.of(9)) }],
];

test.each(LIES)("of two sources one lies about %s: the blob comes from the other", async (_, lies) => {
  const { wire, alice, honest, fetch } = await betweenLiarAndHonest(lies);
  const startMs = wire.clock.nowMs();
  await fetch();
  expect(areSame(alice.depot.bytesOf(DIGEST), BYTES)).toBe(true);
  // What the liar owed is asked of the other at once.
  expect(wire.clock.nowMs() - startMs).toBeLessThan(1500);
  expect(isConnected(alice, honest.network.device)).toBe(true);
});

test("a liar that is asked again and again is banned", async () => {
  const { alice, liar, fetch } = await betweenLiarAndHonest({
    chunk: (index, honest) => chunkFrame(index, flipped(honest)),
  });
  for (let time = 0; time < 3; time++) {
    alice.depot.blobs.clear();
    await fetch();
  }
  expect(isConnected(alice, liar.device)).toBe(false);
});

test("a good chunk that nobody asked for is unsolicited", async () => {
  const last = BYTES.slice((CHUNKS - 1) * CHUNK_BYTES);
  const { alice, liar, fetch } = await betweenLiarAndHonest({ chunk: () => chunkFrame(CHUNKS - 1, last) });
  for (let time = 0; time < 5; time++) {
    expect(isConnected(alice, liar.device)).toBe(true);
    alice.depot.blobs.clear();
    await fetch();
  }
  expect(isConnected(alice, liar.device)).toBe(false);
});

test("a further source that lies about the length of a known blob is caught", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  const honest = createTestPeer(wire);
  await connect(wire, alice, honest);
  const liar = await joinHostile(wire, alice);
  liar.handleStreams(BLOB_PROTOCOL_ID, (stream) => serveLies(stream, { bytes: 7 }));
  const digest = honest.depot.add(testBytes(12 * CHUNK_BYTES, 2));
  for (let time = 0; time < 3; time++) {
    expect(isConnected(alice, liar.device)).toBe(true);
    alice.depot.blobs.clear();
    const { signal } = new AbortController();
    const holders = [honest.network.device];
    await wire.clock.settle(alice.network.fetchBlob({ digest, mostBytes: 1e9, holders, signal }));
  }
  expect(isConnected(alice, liar.device)).toBe(false);
});

test("a source that trickles a chunk is left after its time, and the blob comes from the other", async () => {
  const { wire, alice, fetch } = await betweenLiarAndHonest({ chunk: () => Uint8Array.of(5, 0, 16, 0, 2, 1) });
  await fetch();
  expect(areSame(alice.depot.bytesOf(DIGEST), BYTES)).toBe(true);
  expect(wire.clock.nowMs()).toBeLessThan(40_000);
});

test("who says that a blob is too long does not hide it from the others", async () => {
  const { alice, fetch } = await betweenLiarAndHonest({ bytes: 2 ** 40 });
  await fetch();
  expect(areSame(alice.depot.bytesOf(DIGEST), BYTES)).toBe(true);
});

test("a bad question on a blob stream is answered with nothing but a penalty", async () => {
  const wire = new Wire();
  const alice = createTestPeer(wire);
  alice.depot.add(BYTES);
  const hostile = await joinHostile(wire, alice);
  async function say(...frames: readonly Uint8Array[]) {
    const stream = await wire.clock.settle(hostile.openStream(alice.network.device, BLOB_PROTOCOL_ID, "small"));
    for (const frame of frames) await stream.write(frame);
    let answer = await wire.clock.settle(frameOf(stream));
    while (answer instanceof Uint8Array) answer = await wire.clock.settle(frameOf(stream));
    return answer;
  }
  const digestBytes = Uint8Array.from({ length: 32 }, (_, index) =>
    Number.parseInt(DIGEST.slice(2 * index, 2 * index + 2), 16),
  );
  const open = framed(Uint8Array.of(0, ...digestBytes, 0));
  const bad = [
    [framed(Uint8Array.of(1, 0, 0, 0, 0, 1, 0))],
    [open, framed(Uint8Array.of(1, 3, 0, 0, 0, 1, 0))],
    [open, framed(Uint8Array.of(1, 0, 0, 0, 0, 5, 0))],
    [open, framed(Uint8Array.of(1, 0, 0, 0, 0, 0, 0))],
    [open, open],
    [framed(Uint8Array.of(2))],
    [framed(new Uint8Array(65))],
  ];
  for (const frames of bad) {
    expect(await say(...frames)).toBe("aborted");
    // Forgiven, so that each stands for itself.
    expect(isConnected(alice, hostile.device)).toBe(true);
    await wire.clock.advance(600_000);
  }
  expect(await say(open)).toBe("aborted");
});

test("a digest that nobody has is worth an answer", async () => {
  const { alice, wire, fetch } = await betweenLiarAndHonest({});
  await fetch();
  const nowhere = alice.network.fetchBlob({
    digest: "99".repeat(32) as Digest,
    mostBytes: 1,
    holders: [],
    signal: new AbortController().signal,
  });
  await expect(wire.clock.settle(nowhere)).rejects.toMatchObject({ code: "TOO_LARGE" });
});
