/**
 * The state machine and its store as an application: executes what an engine orders, keeps the state after the last
 * block in memory, and has made a block durable before anybody sees it.
 */
import {
  applyBlock,
  type Block,
  type BlockFault,
  bytesToHex,
  type Digest,
  type ExecutedBlock,
  executeBlock,
  figuresOf,
  headerDigest,
  proposeBlock,
  type SignatureScheme,
  type SignedHeader,
  type SnapshotManifest,
  type State,
  sha256,
  stateFromChunks,
  stateRoot,
  verifySignedHeader,
} from "@neuroshard/protocol";
import type {
  Application,
  ApplicationInfo,
  CheckedTransaction,
  FinalizedBlock,
  Proposal,
  SnapshotProblem,
} from "../consensus/engine.ts";
import { CheckState } from "./checkState.ts";
import { Snapshots } from "./snapshots.ts";
import type { ChainStore } from "./store/chainStore.ts";

export interface CommittedBlock {
  readonly signedHeader: SignedHeader;
  readonly digest: Digest;
  readonly transactions: readonly Uint8Array[];
  readonly executed: ExecutedBlock;
}

export interface ApplicationOptions {
  readonly store: ChainStore;
  readonly genesisState: State;
  readonly scheme: SignatureScheme;
  readonly snapshotEveryBlocks: number;
  /** Counts all tokens anew after every block. */
  readonly isAudited: boolean;
}

interface Finalized {
  readonly transactions: readonly Uint8Array[];
  readonly executed: ExecutedBlock;
}

interface SnapshotOffer {
  readonly manifest: SnapshotManifest;
  readonly chunks: Uint8Array[];
}

export class ChainApplication implements Application {
  readonly #store: ChainStore;
  readonly #scheme: SignatureScheme;
  readonly #isAudited: boolean;
  readonly #snapshots: Snapshots;
  readonly #listeners = new Set<(committed: CommittedBlock) => void>();
  #state: State;
  #head: SignedHeader | undefined;
  #digest: Digest;
  #check: CheckState | undefined;
  #finalized: Finalized | undefined;
  #offer: SnapshotOffer | undefined;

  /** Throws NodeError DAMAGED_CHAIN. */
  constructor({ store, genesisState, scheme, snapshotEveryBlocks, isAudited }: ApplicationOptions) {
    this.#store = store;
    this.#scheme = scheme;
    this.#isAudited = isAudited;
    this.#snapshots = new Snapshots(snapshotEveryBlocks);
    this.#head = store.lastHeader();
    this.#digest = this.#head ? headerDigest(this.#head.header) : genesisState.cells.network.networkId;
    this.#state = store.loadState(this.#head?.header.stateRoot ?? stateRoot(genesisState));
    if (this.#head !== undefined) this.#snapshots.keep(this.#head, this.#state);
  }

  get state(): State {
    return this.#state;
  }

  /** Undefined before the first block. */
  get head(): SignedHeader | undefined {
    return this.#head;
  }

  /** Calls after each block that has become durable; a listener that throws stops the others. Returns how to end it. */
  subscribe(listener: (committed: CommittedBlock) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  info(): ApplicationInfo {
    const { height } = this.#state.cells.head;
    const timeMs = this.#head?.header.timeMs ?? 0;
    return { height, digest: this.#digest, stateRoot: stateRoot(this.#state), timeMs };
  }

  checkTx(bytes: Uint8Array): CheckedTransaction {
    this.#check ??= new CheckState(this.#state, this.#digest, this.#options);
    return this.#check.check(bytes);
  }

  prepareProposal(candidates: readonly Uint8Array[]): Proposal {
    const executed = this.#check?.finish(candidates);
    this.#check = undefined;
    if (executed !== undefined) {
      this.#finalized = { transactions: candidates, executed };
      return { transactions: candidates, rejected: [] };
    }
    const proposed = proposeBlock(this.#state, { parent: this.#digest, candidates }, this.#options);
    const { transactions } = proposed;
    this.#finalized = { transactions, executed: proposed };
    const rejected = proposed.rejected.map(({ transactionId, rejection }) => {
      return { transactionId, rejection: figuresOf(rejection) };
    });
    return { transactions, rejected };
  }

  processProposal(block: Block): BlockFault | undefined {
    const applied = applyBlock(this.#state, this.#digest, block, this.#options);
    this.#finalized = applied.ok ? { transactions: block.transactions, executed: applied } : undefined;
    return applied.ok ? undefined : applied.fault;
  }

  finalizeBlock(transactions: readonly Uint8Array[]): FinalizedBlock {
    const { executed } = this.#executedFor(transactions);
    const { receipts, stateRoot } = executed;
    return { height: executed.state.cells.head.height, parent: this.#digest, receipts, stateRoot };
  }

  commit(signedHeader: SignedHeader): void {
    const { header } = signedHeader;
    const finalized = this.#finalized;
    if (finalized?.executed.stateRoot !== header.stateRoot) throw new Error("internal: this block was not finalized");
    const { transactions, executed } = finalized;
    this.#store.appendBlock({ signedHeader, transactions, executed, before: this.#state });
    this.#moveTo(signedHeader, executed.state);
    this.#snapshots.keepIfDue(signedHeader, executed.state);
    const committed = { signedHeader, digest: this.#digest, transactions, executed };
    for (const listener of this.#listeners) listener(committed);
  }

  listSnapshots(): readonly SnapshotManifest[] {
    return this.#snapshots.list();
  }

  loadSnapshotChunk(height: number, index: number): Uint8Array | undefined {
    return this.#snapshots.chunk(height, index);
  }

  offerSnapshot(manifest: SnapshotManifest): SnapshotProblem | undefined {
    const { height } = this.#state.cells.head;
    if (height > 0) return { reason: `this chain has ${height} blocks already` };
    const fault = verifySignedHeader(manifest.signedHeader, this.#state.cells.network, this.#scheme);
    if (fault !== undefined) return { reason: `its header is none of this network (${fault.code})` };
    if (manifest.chunks.length === 0) return { reason: "it has no chunks" };
    this.#offer = { manifest, chunks: [] };
    return undefined;
  }

  applySnapshotChunk(index: number, chunk: Uint8Array): SnapshotProblem | undefined {
    const offer = this.#offer;
    if (offer === undefined) return { reason: "none was offered" };
    const { manifest, chunks } = offer;
    if (index !== chunks.length || bytesToHex(sha256(chunk)) !== manifest.chunks[index]) {
      this.#offer = undefined;
      return { reason: `chunk ${index} is not the one that was announced` };
    }
    chunks.push(chunk);
    if (chunks.length < manifest.chunks.length) return undefined;
    this.#offer = undefined;
    return this.#adoptSnapshot(manifest.signedHeader, chunks);
  }

  #adoptSnapshot(signedHeader: SignedHeader, chunks: readonly Uint8Array[]): SnapshotProblem | undefined {
    const { header } = signedHeader;
    const loaded = stateFromChunks(chunks, header.stateRoot);
    if (!loaded.ok) return { reason: loaded.reason };
    this.#store.replaceState(signedHeader, loaded.state);
    this.#moveTo(signedHeader, loaded.state);
    this.#snapshots.keep(signedHeader, loaded.state);
    return undefined;
  }

  get #options() {
    return { scheme: this.#scheme, isAudited: this.#isAudited };
  }

  #executedFor(transactions: readonly Uint8Array[]): Finalized {
    if (this.#finalized?.transactions !== transactions) {
      const executed = executeBlock(this.#state, { parent: this.#digest, transactions }, this.#options);
      this.#finalized = { transactions, executed };
    }
    return this.#finalized;
  }

  #moveTo(signedHeader: SignedHeader, state: State): void {
    this.#state = state;
    this.#head = signedHeader;
    this.#digest = headerDigest(signedHeader.header);
    this.#check = undefined;
    this.#finalized = undefined;
  }
}
