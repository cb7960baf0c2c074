/**
 * The peers of a node as one source of blocks. Blocks come in batches from one peer at a time; who sends a bad one, or
 * claims blocks that it does not have, is reported and not asked again for a while, and the next one is asked.
 */
import { setImmediate as nextTurn, setTimeout } from "node:timers/promises";
import { NetworkError, type PeerNetwork, type RequestOf, type ResponseOf } from "@neuroshard/network";
import {
  block as blockCodec,
  bytesToHex,
  type DeviceKey,
  decode,
  listRoot,
  type SignatureScheme,
  type SnapshotManifest,
  snapshotManifest,
  type TrustedNetwork,
  verifySignedHeader,
} from "@neuroshard/protocol";
import type { BlockSource } from "../chain/blockSource.ts";
import { NodeError } from "../nodeError.ts";

const BATCH_BLOCKS = 64;
/** Asked at once for their heights, and for their snapshots. */
const MOST_ASKED = 8;
const MOST_SNAPSHOTS = 3;
/** For how long a peer is not asked that gave something bad, does not have what it claims, is slow, or failed. */
const REFUSED_MS = { bad: 600_000, empty: 60_000, slow: 30_000, failed: 2_000 } as const;
/** The slowest peer does not hold up the question for the height. */
const HEADS_WAIT_MS = 1_500;
/** Whoever passes an announcement on may have the block a moment later. */
const NOT_YET_MS = [50, 100, 200, 400] as const;

type Asked = "genesis" | "head" | "blocks" | "snapshot" | "snapshotChunk";

interface Batch {
  readonly from: DeviceKey;
  /** By height. */
  readonly blocks: ReadonlyMap<number, Uint8Array>;
}

interface OfferedSnapshot {
  readonly from: DeviceKey;
  readonly bytes: Uint8Array;
  readonly manifest: SnapshotManifest;
}

export interface SourceTrust extends TrustedNetwork {
  readonly scheme: SignatureScheme;
}

export interface SourceOptions {
  readonly network: PeerNetwork;
  readonly trust: SourceTrust;
  /** Of the chain that is to grow. */
  readonly ownHeight: () => number;
  /** Milliseconds of any clock. */
  readonly now?: () => number;
}

export class NetworkBlockSource implements BlockSource {
  readonly name = "the peers";
  readonly #network: PeerNetwork;
  readonly #trust: SourceTrust;
  readonly #ownHeight: () => number;
  readonly #now: () => number;
  /** Until when a peer is not asked. */
  readonly #refusedUntil = new Map<DeviceKey, number>();
  /** What peers said of their last block. */
  readonly #claims = new Map<DeviceKey, number>();
  /** Of a header that the sequencer has signed: so far the chain does go. */
  #heard = { height: 0, from: undefined as DeviceKey | undefined };
  #batch: Batch | undefined;
  #snapshot: OfferedSnapshot | undefined;
  #signal: AbortSignal | undefined;

  constructor({ network, trust, ownHeight, now = () => performance.now() }: SourceOptions) {
    this.#network = network;
    this.#trust = trust;
    this.#ownHeight = ownHeight;
    this.#now = now;
  }

  /** Nobody could be asked now. */
  get isAlone(): boolean {
    return this.#candidates().length === 0;
  }

  /** Questions that are under way then end with it, and are answered as by nobody. */
  endWith(signal: AbortSignal): void {
    this.#signal = signal;
  }

  /** A header of that height was announced; its signature has been checked. */
  heard(height: number, from: DeviceKey): void {
    if (height > this.#heard.height) this.#heard = { height, from };
  }

  async genesis(): Promise<Uint8Array> {
    for (const peer of this.#candidates()) {
      const response = await this.#ask(peer, "genesis", {});
      if (response !== undefined) return response.genesis;
    }
    throw this.#unreachable("has the genesis");
  }

  /** Asks only where nothing was announced. */
  async head(): Promise<number> {
    if (this.#heard.height > this.#ownHeight()) return this.#heard.height;
    const asked = this.#candidates().slice(0, MOST_ASKED);
    if (asked.length === 0) throw this.#unreachable("is connected");
    const answers = Promise.all(
      asked.map(async (peer) => {
        const response = await this.#ask(peer, "head", {});
        if (response !== undefined) this.#claims.set(peer, response.height);
      }),
    );
    await Promise.race([answers, this.#pause(HEADS_WAIT_MS)]);
    return Math.max(this.#heard.height, ...asked.map((peer) => this.#claims.get(peer) ?? 0));
  }

  async block(height: number): Promise<Uint8Array | undefined> {
    // Between two blocks that are already here, the node does something else.
    await nextTurn();
    const ready = this.#batch?.blocks.get(height);
    if (ready !== undefined) return ready;
    for (const pauseMs of [...NOT_YET_MS, 0]) {
      const batch = await this.#fetchBatch(height);
      if (batch !== undefined) {
        this.#batch = batch;
        return batch.blocks.get(height);
      }
      if (height > this.#heard.height) break;
      await this.#pause(pauseMs);
    }
    throw this.#unreachable(`has block ${height}`);
  }

  /** The newest that some peers offer. */
  async snapshot(): Promise<Uint8Array | undefined> {
    const asked = this.#candidates().slice(0, MOST_SNAPSHOTS);
    const offered = await Promise.all(asked.map(async (peer) => this.#offeredBy(peer)));
    this.#snapshot = offered
      .filter((each) => each !== undefined)
      .reduce<OfferedSnapshot | undefined>((best, each) => {
        return best !== undefined && heightOf(best) >= heightOf(each) ? best : each;
      }, undefined);
    return this.#snapshot?.bytes;
  }

  async snapshotChunk(height: number, index: number): Promise<Uint8Array | undefined> {
    const from = this.#snapshot?.from;
    const response = from && (await this.#ask(from, "snapshotChunk", { height, index }));
    return response?.chunk ?? undefined;
  }

  refuse(height: number): boolean {
    const batch = this.#batch;
    this.#batch = undefined;
    const bytes = batch?.blocks.get(height);
    if (batch === undefined || bytes === undefined || this.#isOfSequencer(bytes, height)) return false;
    this.#penalise(batch.from);
    return true;
  }

  /** The snapshot that was offered last turned out bad. */
  refuseSnapshot(): void {
    if (this.#snapshot !== undefined) this.#penalise(this.#snapshot.from);
    this.#snapshot = undefined;
  }

  /** What the sequencer has signed is no fault of whoever passes it on. */
  #isOfSequencer(bytes: Uint8Array, height: number): boolean {
    const decoded = decode(blockCodec, bytes);
    if (!decoded.ok) return false;
    const { signedHeader, transactions } = decoded.value;
    const { header } = signedHeader;
    const isWhole =
      header.height === height &&
      header.transactionCount === transactions.length &&
      header.transactionRoot === bytesToHex(listRoot(transactions));
    return isWhole && verifySignedHeader(signedHeader, this.#trust, this.#trust.scheme) === undefined;
  }

  async #fetchBatch(height: number): Promise<Batch | undefined> {
    for (const peer of this.#candidates(height)) {
      const response = await this.#ask(peer, "blocks", { from: height, most: BATCH_BLOCKS });
      if (response === undefined) continue;
      if (response.blocks.length > 0) {
        return { from: peer, blocks: new Map(response.blocks.map((bytes, index) => [height + index, bytes])) };
      }
      // It began from a snapshot, or does not say the truth. Having passed on an announcement is no claim of its own.
      if ((this.#claims.get(peer) ?? 0) >= height) this.#refusePeer(peer, REFUSED_MS.empty);
    }
    return undefined;
  }

  async #offeredBy(from: DeviceKey): Promise<OfferedSnapshot | undefined> {
    const bytes = (await this.#ask(from, "snapshot", {}))?.manifest ?? undefined;
    if (bytes === undefined) return undefined;
    const decoded = decode(snapshotManifest, bytes);
    if (decoded.ok && verifySignedHeader(decoded.value.signedHeader, this.#trust, this.#trust.scheme) === undefined) {
      return { from, bytes, manifest: decoded.value };
    }
    this.#penalise(from);
    return undefined;
  }

  /** Who is connected and not refused: who announced the newest block first, then by what they claim, then by latency. */
  #candidates(height = 0): readonly DeviceKey[] {
    const nowMs = this.#now();
    for (const [peer, untilMs] of this.#refusedUntil) if (untilMs <= nowMs) this.#refusedUntil.delete(peer);
    const rank = (device: DeviceKey): number => {
      if (device === this.#heard.from && height <= this.#heard.height) return 0;
      return (this.#claims.get(device) ?? 0) >= height ? 1 : 2;
    };
    return this.#network
      .peers()
      .filter(({ device }) => !this.#refusedUntil.has(device))
      .map(({ device, latencyMs = Number.MAX_SAFE_INTEGER }) => ({ device, latencyMs, rank: rank(device) }))
      .sort((a, b) => a.rank - b.rank || a.latencyMs - b.latencyMs)
      .map(({ device }) => device);
  }

  /** Undefined where it does not answer; what it did wrong the network has seen itself. */
  async #ask<P extends Asked>(peer: DeviceKey, protocol: P, request: RequestOf<P>): Promise<ResponseOf<P> | undefined> {
    try {
      return await this.#network.request(peer, protocol, request, this.#signal);
    } catch (error) {
      if (this.#signal?.aborted === true) return undefined;
      if (!(error instanceof NetworkError)) throw error;
      this.#refusePeer(peer, error.code === "TOO_SLOW" ? REFUSED_MS.slow : REFUSED_MS.failed);
      return undefined;
    }
  }

  /** At most until the end. */
  async #pause(ms: number): Promise<void> {
    const signal = this.#signal;
    await setTimeout(ms, undefined, { ref: false, ...(signal !== undefined && { signal }) }).catch(() => undefined);
  }

  #penalise(peer: DeviceKey): void {
    this.#refusePeer(peer, REFUSED_MS.bad);
    this.#network.report(peer, "invalid-message");
  }

  #refusePeer(peer: DeviceKey, ms: number): void {
    this.#refusedUntil.set(peer, Math.max(this.#refusedUntil.get(peer) ?? 0, this.#now() + ms));
    this.#claims.delete(peer);
  }

  #unreachable(what: string): NodeError {
    return new NodeError("SOURCE_UNREACHABLE", `no peer ${what}; check the network, or name another with --peer`);
  }
}

function heightOf({ manifest }: OfferedSnapshot): number {
  return manifest.signedHeader.header.height;
}
