/**
 * The seam between what decides the order of transactions and what executes them, in the shape of ABCI 2.0, so that an
 * engine of many validators can take the place of the embedded one. One engine drives one application; every call is
 * synchronous and none runs inside another.
 */
import type { Block, BlockFault, Digest, Receipt, SignedHeader, SnapshotManifest } from "@neuroshard/protocol";

export interface ConsensusEngine {
  /** `onFailure`: what stopped the engine; a disk that is full, for instance. */
  start(onFailure: (error: unknown) => void): void;
  stop(): void;
}

export interface Application {
  info(): ApplicationInfo;
  /** What the transaction would do in the next block after those that were checked before it. */
  checkTx(bytes: Uint8Array): CheckedTransaction;
  /** Chooses from the candidates, in their order, what the next block is to have. */
  prepareProposal(candidates: readonly Uint8Array[]): Proposal;
  /** Whether somebody else's block may follow the head; it is executed for that, and nothing is kept but the result. */
  processProposal(block: Block): BlockFault | undefined;
  /** Executes the next block, or takes the result of its proposal. */
  finalizeBlock(transactions: readonly Uint8Array[]): FinalizedBlock;
  /** Makes the finalized block durable, then visible. */
  commit(signedHeader: SignedHeader): void;

  /** Newest first. */
  listSnapshots(): readonly SnapshotManifest[];
  loadSnapshotChunk(height: number, index: number): Uint8Array | undefined;
  /** Undefined: send the chunks; else why not. */
  offerSnapshot(manifest: SnapshotManifest): SnapshotProblem | undefined;
  /** After the last chunk the state is the snapshot's, durably. After a problem the offer is over. */
  applySnapshotChunk(index: number, chunk: Uint8Array): SnapshotProblem | undefined;
}

export interface ApplicationInfo {
  readonly height: number;
  /** Of the header at `height`; the network id before the first block. */
  readonly digest: Digest;
  readonly stateRoot: Digest;
  /** What the header says; 0 before the first block. */
  readonly timeMs: number;
}

/** Codes and figures are those of the receipts, and a few of the node's own. */
export interface TransactionRejection {
  readonly code: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

export interface CheckedTransaction {
  readonly transactionId: Digest;
  /** Undefined: it would be accepted. */
  readonly rejection: TransactionRejection | undefined;
}

export interface Proposal {
  readonly transactions: readonly Uint8Array[];
  /** Candidates that are left out for good; the others had no room. */
  readonly rejected: readonly (CheckedTransaction & { readonly rejection: TransactionRejection })[];
}

export interface FinalizedBlock {
  readonly height: number;
  readonly parent: Digest;
  /** The first is of the block itself. */
  readonly receipts: readonly Receipt[];
  readonly stateRoot: Digest;
}

export interface SnapshotProblem {
  readonly reason: string;
}
