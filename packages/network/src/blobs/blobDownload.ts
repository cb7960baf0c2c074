/** One blob on its way into the depot, from several sources at once. Spec: spec/network.md#N8. */
import { CHUNK_BYTES, chunkCountOf, type DeviceKey, type HashParts } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import type { PeerContext } from "../peer/peerContext.ts";
import { PeerFault } from "../peer/peerFault.ts";
import type { BlobDepot, BlobFetch } from "../peerNetwork.ts";
import { BLOB_LIMITS } from "./blobLimits.ts";
import { BlobRefusal, BlobSource } from "./blobSource.ts";
import { Candidates } from "./candidates.ts";
import { ChunkPlan } from "./chunkPlan.ts";
import { checkChunk, establishBlob, type ProvenBlob } from "./establishBlob.ts";

export interface DownloadPorts {
  readonly context: PeerContext;
  readonly depot: BlobDepot;
  readonly hash: HashParts;
  /** Everybody who is connected and greeted. */
  readonly peers: () => Iterable<DeviceKey>;
}

interface Progress {
  readonly blob: ProvenBlob;
  readonly plan: ChunkPlan;
}

const TICK_MS = 250;

export class BlobDownload {
  readonly #ports: DownloadPorts;
  readonly #fetch: BlobFetch;
  readonly #candidates = new Candidates({
    failures: BLOB_LIMITS.mostFailures,
    refusals: BLOB_LIMITS.mostRefusals,
  });
  readonly #sources = new Set<BlobSource>();
  readonly #end = Promise.withResolvers<void>();
  #progress: Progress | undefined;
  /** Set while the depot makes room. */
  #beginning: Promise<void> | undefined;
  /** What the depot is doing. */
  readonly #stores = new Set<Promise<unknown>>();
  #storedBytes = 0;
  #wasTooLarge = false;
  #hasEnded = false;
  #lastStartMs = 0;

  constructor(ports: DownloadPorts, fetch: BlobFetch) {
    this.#ports = ports;
    this.#fetch = fetch;
  }

  async run(): Promise<void> {
    const { signal, digest } = this.#fetch;
    const abort = (): void => this.#finish(signal.reason);
    signal.addEventListener("abort", abort);
    try {
      this.#advance();
      await this.#end.promise;
      await this.#store(() => this.#ports.depot.finish(digest));
    } catch (error) {
      throw error instanceof DepotFault ? noRoom(error) : error;
    } finally {
      signal.removeEventListener("abort", abort);
      // Whoever fetches it next begins where this ended.
      await Promise.allSettled(this.#stores);
    }
  }

  /** Looks whether further sources are wanted; comes back by itself until the end. */
  #advance(): void {
    if (this.#hasEnded) return;
    const { clock } = this.#ports.context.transport;
    const greeted = new Set(this.#ports.peers());
    this.#candidates.add(this.#holders().filter((peer) => greeted.has(peer)));
    this.#candidates.add(greeted);
    this.#startSources();
    if (this.#candidates.areExhausted) this.#finish(this.#notFound());
    else clock.after(TICK_MS, () => this.#advance());
  }

  /** Not everybody begins with the same one. */
  #holders(): readonly DeviceKey[] {
    const { holders } = this.#fetch;
    const { device } = this.#ports.context.transport;
    const start = Number.parseInt(device.slice(-6), 16) % Math.max(1, holders.length);
    return [...holders.slice(start), ...holders.slice(0, start)];
  }

  #startSources(): void {
    const nowMs = this.#nowMs();
    while (this.#isAnotherWanted(nowMs)) {
      const peer = this.#candidates.next(nowMs);
      if (peer === undefined) return;
      this.#lastStartMs = nowMs;
      void this.#runSource(peer);
    }
  }

  #isAnotherWanted(nowMs: number): boolean {
    const { running } = this.#candidates;
    if (this.#hasEnded || running >= BLOB_LIMITS.mostSources) return false;
    if (running === 0) return true;
    const plan = this.#progress?.plan;
    if (plan === undefined) return nowMs - this.#lastStartMs >= BLOB_LIMITS.askNextAfterMs;
    return plan.waiting > running * BLOB_LIMITS.mostTakenChunks || plan.late(nowMs) > 0;
  }

  async #runSource(peer: DeviceKey): Promise<void> {
    let source: BlobSource | undefined;
    try {
      source = await BlobSource.connect(this.#ports.context, peer);
      this.#sources.add(source);
      await this.#use(source, peer);
      await source.close();
      this.#candidates.rest(peer);
    } catch (error) {
      source?.abort();
      this.#judge(error, peer);
    } finally {
      if (source !== undefined) {
        this.#sources.delete(source);
        this.#progress?.plan.giveBack(peer, source.owed);
      }
    }
    if (!this.#hasEnded) this.#startSources();
    if (this.#candidates.areExhausted) this.#finish(this.#notFound());
  }

  async #use(source: BlobSource, peer: DeviceKey): Promise<void> {
    const { digest, mostBytes } = this.#fetch;
    const wantsHashes = this.#progress === undefined;
    const bytes = await source.open(digest, wantsHashes);
    if (bytes > Math.min(mostBytes, BLOB_LIMITS.mostBlobBytes)) throw new TooLarge();
    if (wantsHashes) {
      const proven = await establishBlob(source, digest, bytes, this.#ports.hash);
      this.#candidates.succeed(peer);
      this.#beginning ??= this.#begin(proven);
      await this.#beginning;
    }
    const progress = this.#progress!;
    if (bytes !== progress.blob.bytes) throw new PeerFault("wrong-digest", "the length is not that of the blob");
    await this.#drawFrom(source, peer, progress);
  }

  async #begin(blob: ProvenBlob): Promise<void> {
    const { depot } = this.#ports;
    const { digest } = this.#fetch;
    const chunks = chunkCountOf(blob.bytes);
    const present = new Set(await this.#store(() => depot.begin(digest, { bytes: blob.bytes, hashes: blob.hashes })));
    const { lastChunk } = blob;
    if (lastChunk !== undefined && !present.has(chunks - 1)) {
      await this.#store(() => depot.writeChunk(digest, chunks - 1, lastChunk));
      present.add(chunks - 1);
    }
    const plan = new ChunkPlan(chunks, present, BLOB_LIMITS.stealAfterMs);
    this.#progress = { blob, plan };
    this.#note(presentBytes(blob, present));
    this.#finishIfComplete();
    this.#startSources();
  }

  /** Takes chunks until there is nothing more to take from this source. */
  async #drawFrom(source: BlobSource, peer: DeviceKey, { blob, plan }: Progress): Promise<void> {
    const { hash, depot } = this.#ports;
    while (!this.#hasEnded) {
      await this.#claimFor(source, peer, plan);
      if (source.owed.length === 0) return;
      const { index, chunk } = await source.next();
      try {
        checkChunk(blob, index, chunk, hash);
      } catch (fault) {
        plan.giveBack(peer, [index]);
        throw fault;
      }
      this.#candidates.succeed(peer);
      if (this.#hasEnded || !plan.arrive(index)) continue;
      await this.#store(() => depot.writeChunk(this.#fetch.digest, index, chunk));
      plan.stored();
      this.#note(chunk.length);
      this.#finishIfComplete();
    }
  }

  /** Always some chunks ahead, so that the link is never idle. */
  async #claimFor(source: BlobSource, peer: DeviceKey, plan: ChunkPlan): Promise<void> {
    const { mostOwedChunks, mostTakenChunks } = BLOB_LIMITS;
    while (source.owed.length + mostTakenChunks <= mostOwedChunks) {
      const run = plan.claim(peer, mostTakenChunks, this.#nowMs());
      if (run === undefined) return;
      await source.take(run.first, run.count);
    }
  }

  #judge(error: unknown, peer: DeviceKey): void {
    const { report } = this.#ports.context;
    const nowMs = this.#nowMs();
    if (error instanceof DepotFault) {
      this.#candidates.rest(peer);
      this.#finish(noRoom(error));
    } else if (this.#hasEnded) {
      this.#candidates.rest(peer);
    } else if (error instanceof PeerFault) {
      report(peer, error.offence);
      this.#candidates.drop(peer);
    } else if (error instanceof TooLarge) {
      this.#wasTooLarge = true;
      this.#candidates.drop(peer);
    } else if (error instanceof BlobRefusal && error.reason === "not-here") {
      this.#candidates.drop(peer);
    } else if (error instanceof BlobRefusal) {
      const waitMs = Math.min(Math.max(error.retryMs, BLOB_LIMITS.retryAfterFailureMs), BLOB_LIMITS.mostRetryMs);
      this.#candidates.putOff(peer, "refusals", nowMs + waitMs);
    } else {
      this.#candidates.putOff(peer, "failures", nowMs + BLOB_LIMITS.retryAfterFailureMs);
    }
  }

  async #store<T>(work: () => Promise<T>): Promise<T> {
    const storing = work();
    this.#stores.add(storing);
    try {
      return await storing;
    } catch (cause) {
      throw new DepotFault("the depot failed", { cause });
    } finally {
      this.#stores.delete(storing);
    }
  }

  #note(bytes: number): void {
    this.#storedBytes += bytes;
    this.#fetch.onProgress?.(this.#storedBytes);
  }

  #finishIfComplete(): void {
    if (this.#progress?.plan.isComplete) this.#finish(undefined);
  }

  /** Undefined: the blob is whole. */
  #finish(error: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const source of this.#sources) if (error !== undefined || source.owed.length > 0) source.abort();
    if (error === undefined) this.#end.resolve();
    else this.#end.reject(error);
  }

  #notFound(): NetworkError {
    const { digest, mostBytes } = this.#fetch;
    const name = `blob ${digest.slice(0, 16)}`;
    if (this.#wasTooLarge) return new NetworkError("TOO_LARGE", `${name} has more than ${mostBytes} bytes`);
    const asked = `${this.#candidates.size} peers were asked`;
    return new NetworkError("NOT_FOUND", `nobody gives ${name} (${asked}); try again when others are connected`);
  }

  #nowMs(): number {
    return this.#ports.context.transport.clock.nowMs();
  }
}

function presentBytes({ bytes, lastChunk }: ProvenBlob, present: ReadonlySet<number>): number {
  // The last one is always there: it has proven the length.
  return lastChunk === undefined
    ? 0
    : (present.size - 1) * CHUNK_BYTES + (bytes - (chunkCountOf(bytes) - 1) * CHUNK_BYTES);
}

/** More bytes than are wanted. */
class TooLarge extends Error {}

/** This machine cannot store it. */
class DepotFault extends Error {}

function noRoom({ cause }: DepotFault): NetworkError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NetworkError("NO_ROOM", `the blob cannot be stored: ${why}`, { cause });
}
