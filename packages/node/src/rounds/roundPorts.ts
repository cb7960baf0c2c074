/** What the round driver needs of the node around it. Simulations pass others than machines do; the driver is the same. */
import type { Clock, PeerNetwork } from "@neuroshard/network";
import type { BodyOf, DeviceKey, Digest, State } from "@neuroshard/protocol";
import type { BlobStore, RoundWorker } from "@neuroshard/training";
import type { RoundEvent } from "./roundEvent.ts";

/** What devices sign, not their owners. */
export type WorkBody = BodyOf<
  "attestLiveness" | "commitWork" | "attestAvailability" | "attestModel" | "auditSeal" | "auditReveal"
>;

/** The chain as this node sees it. */
export interface RoundChain {
  /** After the last block; immutable. */
  state(): State;
  /** Called after each block. Returns how to end it. */
  subscribe(listener: () => void): () => void;
  /** Signed by the device, and sent until it is in a block or cannot come into one any more. Asked twice, it is sent once. */
  submit(body: WorkBody): void;
}

/** Blobs of this machine. What is pinned stays; the rest may go when room is needed. */
export interface RoundBlobs extends BlobStore {
  has(digest: Digest): boolean;
  pin(digest: Digest): void;
  unpin(digest: Digest): void;
}

/** A few small files of the node. A write is on the disk when it resolves. */
export interface JournalFiles {
  list(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface RoundDriverOptions {
  readonly chain: RoundChain;
  readonly network: PeerNetwork;
  readonly worker: RoundWorker;
  readonly blobs: RoundBlobs;
  readonly journal: JournalFiles;
  readonly clock: Clock;
  readonly device: DeviceKey;
  readonly onEvent: (event: RoundEvent) => void;
}
