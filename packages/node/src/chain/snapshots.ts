/**
 * The snapshots that a node offers. A state is an immutable value that shares most of itself with the next one, so keeping
 * some of the past costs little; the bytes are made when somebody asks.
 */
import {
  bytesToHex,
  type Digest,
  type SignedHeader,
  type SnapshotManifest,
  type State,
  sha256,
  snapshotChunks,
} from "@neuroshard/protocol";

/** Whoever fetches one must be able to finish while the chain goes on. */
const KEPT = 2;

interface Snapshot {
  readonly signedHeader: SignedHeader;
  readonly state: State;
  chunks: readonly Uint8Array[] | undefined;
}

export class Snapshots {
  readonly #everyBlocks: number;
  /** Newest first. */
  #kept: readonly Snapshot[] = [];

  constructor(everyBlocks: number) {
    this.#everyBlocks = everyBlocks;
  }

  /** What a node offers that has just started: the state it has. */
  keep(signedHeader: SignedHeader, state: State): void {
    this.#kept = [{ signedHeader, state, chunks: undefined }, ...this.#kept].slice(0, KEPT);
  }

  keepIfDue(signedHeader: SignedHeader, state: State): void {
    if (this.#kept.length === 0 || signedHeader.header.height % this.#everyBlocks === 0) this.keep(signedHeader, state);
  }

  list(): readonly SnapshotManifest[] {
    return this.#kept.map((snapshot) => ({
      signedHeader: snapshot.signedHeader,
      chunks: chunksOf(snapshot).map((chunk) => bytesToHex(sha256(chunk)) as Digest),
    }));
  }

  chunk(height: number, index: number): Uint8Array | undefined {
    const snapshot = this.#kept.find(({ signedHeader }) => signedHeader.header.height === height);
    return snapshot && chunksOf(snapshot)[index];
  }
}

function chunksOf(snapshot: Snapshot): readonly Uint8Array[] {
  snapshot.chunks ??= [...snapshotChunks(snapshot.state)];
  return snapshot.chunks;
}
