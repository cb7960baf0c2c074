/** The blobs of a node on its disk, whatever happens to the disk. */
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { blobDigest, CHUNK_BYTES, chunkHashes, type Digest } from "@neuroshard/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FileBlobStore } from "./fileBlobStore.ts";
import { ThreadBlobs } from "./threadBlobs.ts";

const MEGABYTES = 2 ** 20;
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "blobs-"));
});
afterEach(() => rm(folder, { recursive: true }));

let damaged: Digest[] = [];
beforeEach(() => {
  damaged = [];
});
const onDamage = (digest: Digest) => void damaged.push(digest);
const open = (quotaBytes = 64 * MEGABYTES) => new FileBlobStore({ folder, quotaBytes, onDamage });
const pathOf = (digest: Digest) => join(folder, digest.slice(0, 2), digest);

/** Bytes that are not the same in any two chunks, nor for two seeds. */
function bytesOf(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >>> 20) * 7 + seed) & 0xff);
}

const describedAs = (bytes: Uint8Array) => ({ bytes: bytes.length, hashes: chunkHashes(bytes) });
const chunkOf = (bytes: Uint8Array, index: number) => bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES);

async function damage(digest: Digest, at: number): Promise<void> {
  const bytes = await readFile(pathOf(digest));
  bytes[at]! ^= 1;
  await writeFile(pathOf(digest), bytes);
}

describe("whole blobs", () => {
  test("are named as the protocol names them, and outlive the process", () => {
    const bytes = bytesOf(2 * CHUNK_BYTES + 5);
    expect(open().put(bytes)).toBe(blobDigest(bytes));
    const again = open();
    expect(again.has(blobDigest(bytes))).toBe(true);
    expect(Buffer.compare(again.get(blobDigest(bytes))!, bytes)).toBe(0);
  });

  test("an empty one is one too", async () => {
    const store = open();
    const digest = store.put(new Uint8Array());
    expect(store.get(digest)).toHaveLength(0);
    expect(await store.describe(digest)).toEqual({ bytes: 0, hashes: [] });
  });

  test("are described with the hashes of their chunks", async () => {
    const bytes = bytesOf(CHUNK_BYTES + 1);
    const store = open();
    const digest = store.put(bytes);
    const { hashes } = (await store.describe(digest))!;
    expect(hashes.map((hash) => Buffer.from(hash).toString("hex"))).toEqual(
      chunkHashes(bytes).map((hash) => Buffer.from(hash).toString("hex")),
    );
    expect(await store.readChunk(digest, 1)).toEqual(bytes.subarray(CHUNK_BYTES));
    expect(await store.readChunk(digest, 2)).toBeUndefined();
  });

  test("what a write left that ended in the middle is no blob, and is removed", async () => {
    const digest = blobDigest(bytesOf(9));
    await mkdir(dirname(pathOf(digest)), { recursive: true });
    await writeFile(`${pathOf(digest)}.0-0.tmp`, bytesOf(4));
    const store = open();
    expect(store.has(digest)).toBe(false);
    expect(await readdir(dirname(pathOf(digest)))).toEqual([]);
  });
});

describe("a damaged file", () => {
  const bytes = bytesOf(CHUNK_BYTES + 9);

  test("is not handed out for work, and is gone afterwards", async () => {
    const store = open();
    const digest = store.put(bytes);
    await damage(digest, CHUNK_BYTES + 3);
    expect(store.get(digest)).toBeUndefined();
    expect(damaged).toEqual([digest]);
    expect(store.has(digest)).toBe(false);
    expect(store.put(bytes)).toBe(digest);
    expect(store.get(digest)).toBeDefined();
  });

  test("is not described to peers", async () => {
    const digest = open().put(bytes);
    await damage(digest, 0);
    const store = open();
    expect(await Promise.all([store.describe(digest), store.describe(digest)])).toEqual([undefined, undefined]);
    expect(damaged).toEqual([digest]);
    expect(store.has(digest)).toBe(false);
  });

  test("is not given to peers when it was damaged after it had been described", async () => {
    const store = open();
    const digest = store.put(bytes);
    await store.describe(digest);
    await damage(digest, CHUNK_BYTES + 3);
    expect(await store.readChunk(digest, 0)).toBeDefined();
    expect(await Promise.all([store.readChunk(digest, 1), store.readChunk(digest, 1)])).toEqual([undefined, undefined]);
    expect(damaged).toEqual([digest]);
    expect(store.has(digest)).toBe(false);
  });

  test("that somebody deleted is not here any more", async () => {
    const store = open();
    const digest = store.put(bytes);
    await rm(pathOf(digest));
    expect(await store.describe(digest)).toBeUndefined();
    expect(damaged).toEqual([]);
    expect(store.has(digest)).toBe(false);
  });
});

describe("the quota", () => {
  const sizes = (count: number) => Array.from({ length: count }, (_, seed) => bytesOf(100, seed));

  test("what was not used for longest makes room", () => {
    const store = open(300);
    const [a, b, c, d] = sizes(4).map((bytes) => {
      const digest = store.put(bytes);
      store.has(blobDigest(bytesOf(100, 0)));
      return digest;
    });
    expect([a, b, c, d].map((digest) => store.has(digest!))).toEqual([true, false, true, true]);
    expect(store.get(b!)).toBeUndefined();
  });

  test("after a restart the age of the files counts", async () => {
    const first = open(300);
    const digests = sizes(3).map((bytes) => first.put(bytes));
    await utimes(pathOf(digests[2]!), 1000, 1000);
    const store = open(300);
    store.put(bytesOf(100, 9));
    expect(digests.map((digest) => store.has(digest))).toEqual([true, true, false]);
  });

  test("pinned blobs stay, and where they fill it nothing is dropped for a blob that does not fit", () => {
    const store = open(300);
    const [a, b, c] = sizes(3).map((bytes) => store.put(bytes));
    store.pin(a!);
    store.pin(b!);
    expect(() => store.put(bytesOf(101, 7))).toThrow(expect.objectContaining({ code: "NO_ROOM" }));
    expect(store.has(c!)).toBe(true);
    store.unpin(a!);
    const d = store.put(bytesOf(101, 7));
    expect([a, b, c, d].map((digest) => store.has(digest!))).toEqual([false, true, false, true]);
  });

  test("holds for what comes from peers, before it comes", async () => {
    const store = open(CHUNK_BYTES);
    const bytes = bytesOf(CHUNK_BYTES + 1);
    await expect(store.begin(blobDigest(bytes), describedAs(bytes))).rejects.toMatchObject({ code: "NO_ROOM" });
  });

  test("holds for threads that write into the same folder", () => {
    const store = open(250);
    const { fullFlag } = store;
    const onWritten = (digest: Digest, size: number) => store.noteWritten(digest, size);
    const thread = new ThreadBlobs({ folder, fullFlag, onWritten, onDamage });
    const [first, second, third] = sizes(3);
    const a = thread.put(first!);
    const b = thread.put(second!);
    for (const digest of [a, b]) store.pin(digest);
    const c = thread.put(third!);
    expect(() => thread.put(bytesOf(100, 7))).toThrow(expect.objectContaining({ code: "NO_ROOM" }));
    store.unpin(a);
    expect(store.has(a)).toBe(false);
    expect([b, c].map((digest) => thread.get(digest)?.length)).toEqual([100, 100]);
    expect(() => thread.put(first!)).not.toThrow();
  });
});

describe("a blob on its way here", () => {
  const bytes = bytesOf(2 * CHUNK_BYTES + 77);
  const digest = blobDigest(bytes);

  test("is here when its last chunk is, and not before", async () => {
    const store = open();
    expect(await store.begin(digest, describedAs(bytes))).toEqual(new Set());
    await Promise.all([2, 0].map((index) => store.writeChunk(digest, index, chunkOf(bytes, index))));
    expect(store.has(digest)).toBe(false);
    await expect(store.finish(digest)).rejects.toThrow("before its last chunk");
    await store.writeChunk(digest, 1, chunkOf(bytes, 1));
    await store.finish(digest);
    expect(Buffer.compare(store.get(digest)!, bytes)).toBe(0);
    expect(await readdir(join(folder, "incoming"))).toEqual([]);
  });

  test("goes on after a restart with what was not damaged", async () => {
    const first = open();
    await first.begin(digest, describedAs(bytes));
    for (const index of [0, 2]) await first.writeChunk(digest, index, chunkOf(bytes, index));
    const store = open();
    expect(await store.begin(digest, describedAs(bytes))).toEqual(new Set([0, 2]));
    const path = join(folder, "incoming", digest);
    const file = await readFile(path);
    file[12]! ^= 1;
    await writeFile(path, file);
    const third = open();
    expect(await third.begin(digest, describedAs(bytes))).toEqual(new Set([2]));
    for (const index of [0, 1]) await third.writeChunk(digest, index, chunkOf(bytes, index));
    await third.finish(digest);
    expect(Buffer.compare(third.get(digest)!, bytes)).toBe(0);
  });

  test("goes on within a process, too", async () => {
    const store = open();
    await store.begin(digest, describedAs(bytes));
    await store.writeChunk(digest, 1, chunkOf(bytes, 1));
    expect(await store.begin(digest, describedAs(bytes))).toEqual(new Set([1]));
  });

  test("that was given up makes room, and says so to whoever comes back to it", async () => {
    const store = open(3 * CHUNK_BYTES);
    await store.begin(digest, describedAs(bytes));
    await store.writeChunk(digest, 0, chunkOf(bytes, 0));
    store.put(bytesOf(CHUNK_BYTES, 3));
    await expect(store.writeChunk(digest, 1, chunkOf(bytes, 1))).rejects.toMatchObject({ code: "NO_ROOM" });
    expect(await readdir(join(folder, "incoming"))).toEqual([]);
  });

  test("without a byte is here at once", async () => {
    const store = open();
    const empty = blobDigest(new Uint8Array());
    await store.begin(empty, { bytes: 0, hashes: [] });
    await store.finish(empty);
    expect(store.get(empty)).toHaveLength(0);
  });

  test("a description of another blob is a fault of the program", async () => {
    const other = describedAs(bytesOf(5));
    await expect(open().begin(digest, other)).rejects.toThrow("internal:");
  });
});

describe("a thread that computes", () => {
  const [small, large] = [1000, 5 * MEGABYTES + 3].map((length) => [bytesOf(length - 7, 5), bytesOf(7, 6)] as const);
  let written: (readonly [Digest, number])[] = [];
  let thread: ThreadBlobs;
  beforeEach(() => {
    written = [];
    const onWritten = (digest: Digest, size: number) => void written.push([digest, size]);
    thread = new ThreadBlobs({ folder, fullFlag: open().fullFlag, onWritten, onDamage });
  });
  afterEach(() => thread.close());

  test.each([
    ["small", small!],
    ["large", large!],
  ])("has the digest of a %s blob when it asks for it, and may change the parts at once", (_, parts) => {
    const whole = Buffer.concat(parts);
    const own = parts.map((part) => part.slice());
    const digests = [0, 1, 2].map(() => thread.putLater(own));
    for (const part of own) part.fill(0);
    const zeros = thread.putLater(own);
    expect(digests.map((digest) => digest())).toEqual(Array(3).fill(blobDigest(whole)));
    expect(zeros()).toBe(blobDigest(new Uint8Array(whole.length)));
    expect(Buffer.compare(thread.get(blobDigest(whole))!, whole)).toBe(0);
    expect(written.map(([, size]) => size)).toEqual(Array(4).fill(whole.length));
    expect(open().has(blobDigest(whole))).toBe(true);
  });

  test("removes what is damaged, and says which", async () => {
    const digest = thread.put(small![0]);
    await damage(digest, 1);
    expect([thread.get(digest), thread.get(digest)]).toEqual([undefined, undefined]);
    expect(damaged).toEqual([digest]);
  });

  test("is told by name what failed on the other thread", async () => {
    await writeFile(join(folder, blobDigest(Buffer.concat(large!)).slice(0, 2)), "in the way");
    const digest = thread.putLater(large!);
    expect(digest).toThrow(expect.objectContaining({ code: "CANNOT_WRITE" }));
  });
});
