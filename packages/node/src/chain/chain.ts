/**
 * An open chain: the store, the state machine and the waiting transactions of one home, and what can be asked of them.
 * It grows by an engine (`SoloEngine`) or by following another node (`follow`).
 */
import {
  type AccountId,
  type Block,
  type Digest,
  type Genesis,
  type Header,
  headerDigest,
  networkIdOf,
  paramsAt,
  proveEntry,
  type Receipt,
  type SignatureScheme,
  type SignedHeader,
  type State,
  type StateProof,
  type TableName,
} from "@neuroshard/protocol";
import type { TransactionRejection } from "../consensus/engine.ts";
import { chooseScheme } from "../crypto/chooseScheme.ts";
import { rememberSignatures } from "../crypto/rememberSignatures.ts";
import { ChainApplication, type CommittedBlock } from "./application.ts";
import { chainPath, readGenesis } from "./homeFiles.ts";
import { MEMPOOL_LIMITS, Mempool, type MempoolLimits, type PoolAnswer } from "./mempool.ts";
import { proveInclusion, type TransactionProof } from "./proveInclusion.ts";
import { ChainStore, type HistoryQuery } from "./store/chainStore.ts";
import { isPay, type PayEvent } from "./store/eventRounds.ts";
import { type HomeLock, lockHome } from "./store/homeLock.ts";
import type { Place } from "./store/place.ts";

/** Less than a day of five-second blocks: whoever joins replays at most that much. */
const SNAPSHOT_EVERY_BLOCKS = 10_000;

export interface ChainOptions {
  readonly home: string;
  /** By default the fastest that this machine has. */
  readonly scheme?: SignatureScheme;
  readonly mempool?: Partial<MempoolLimits>;
  readonly snapshotEveryBlocks?: number;
  /** Counts all tokens anew after every block; slow on large networks. */
  readonly isAudited?: boolean;
}

export interface ChainHead {
  readonly height: number;
  /** Of the header; the network id before the first block. */
  readonly digest: Digest;
  readonly signedHeader: SignedHeader | undefined;
}

/** `committed`: sent again after it had its block. */
export type Submission = PoolAnswer | ({ readonly kind: "committed"; readonly transactionId: Digest } & Place);

/** `index` counts the receipts of the block: 0 is the block's own. */
export interface HistoryItem extends Place {
  readonly receipt: Receipt;
  /** Null for what a block did itself. */
  readonly bytes: Uint8Array | null;
  readonly timeMs: number;
}

export interface RoundPay {
  /** Of the block that paid. */
  readonly height: number;
  readonly timeMs: number;
  readonly events: readonly PayEvent[];
}

export type TransactionStatus =
  | { readonly kind: "pending" }
  | ({ readonly kind: "committed" } & HistoryItem)
  | ({ readonly kind: "rejected" } & TransactionRejection)
  | { readonly kind: "unknown" };

export interface EntryProof<T extends TableName> {
  readonly signedHeader: SignedHeader;
  readonly proof: StateProof<T>;
}

/** Throws NodeError NO_NETWORK, BAD_GENESIS, HOME_IN_USE, NEWER_HOME, OTHER_NETWORK, DAMAGED_CHAIN or STORE_FAILED. */
export function openChain(options: ChainOptions): Chain {
  const { home } = options;
  const { genesis, state } = readGenesis(home);
  const lock = lockHome(home);
  let store: ChainStore | undefined;
  try {
    store = ChainStore.open(chainPath(home), genesis, state);
    return new Chain({ genesis, genesisState: state, store, lock }, options);
  } catch (error) {
    store?.close();
    lock.release();
    throw error;
  }
}

interface ChainParts {
  readonly genesis: Genesis;
  readonly genesisState: State;
  readonly store: ChainStore;
  readonly lock: HomeLock;
}

export class Chain {
  readonly home: string;
  readonly genesis: Genesis;
  readonly networkId: Digest;
  readonly scheme: SignatureScheme;
  readonly application: ChainApplication;
  readonly mempool: Mempool;
  readonly #store: ChainStore;
  readonly #lock: HomeLock;

  constructor({ genesis, genesisState, store, lock }: ChainParts, options: ChainOptions) {
    const { home, snapshotEveryBlocks = SNAPSHOT_EVERY_BLOCKS, isAudited = false } = options;
    this.home = home;
    this.genesis = genesis;
    this.networkId = networkIdOf(genesis);
    this.scheme = rememberSignatures(options.scheme ?? chooseScheme().scheme);
    this.#store = store;
    this.#lock = lock;
    const { scheme } = this;
    this.application = new ChainApplication({ store, genesisState, scheme, snapshotEveryBlocks, isAudited });
    this.mempool = new Mempool(this.application, { ...MEMPOOL_LIMITS, ...options.mempool });
    this.application.subscribe(({ executed }) => this.mempool.afterBlock(transactionIdsOf(executed.receipts)));
  }

  /** Public key of whoever signs the blocks. */
  get sequencer(): Uint8Array {
    return this.genesis.sequencer;
  }

  /** After the last block. Immutable: whoever holds it can read it while the chain goes on. */
  get state(): State {
    return this.application.state;
  }

  submit(bytes: Uint8Array): Submission {
    const answer = this.mempool.submit(bytes);
    if (answer.kind === "pending") return answer;
    const { transactionId } = answer;
    const place = this.#store.placeOfTransaction(transactionId);
    return place === undefined ? answer : { kind: "committed", transactionId, ...place };
  }

  /** Each block after it has become durable. Returns how to end it. */
  subscribe(listener: (committed: CommittedBlock) => void): () => void {
    return this.application.subscribe(listener);
  }

  head(): ChainHead {
    const { head } = this.application;
    if (head === undefined) return { height: 0, digest: this.networkId, signedHeader: undefined };
    return { height: head.header.height, digest: headerDigest(head.header), signedHeader: head };
  }

  /** Heights below this one are not here: the chain began from a snapshot. */
  firstHeight(): number {
    return this.#store.firstHeight();
  }

  blockSeconds(): number {
    return paramsAt(this.state, this.head().height + 1).get("protocol.time.BLOCK_SECONDS");
  }

  header(height: number): SignedHeader | undefined {
    return this.#store.header(height);
  }

  block(height: number): Block | undefined {
    return this.#store.block(height);
  }

  /** The first is of the block itself, then one a transaction; none where the block is not here. */
  receiptsOf(height: number): readonly Receipt[] {
    return this.#store.receiptsOf(height);
  }

  transactionById(id: Digest): TransactionStatus {
    if (this.mempool.has(id)) return { kind: "pending" };
    const place = this.#store.placeOfTransaction(id);
    if (place !== undefined) return { kind: "committed", ...this.#itemAt(place) };
    const rejection = this.mempool.rejectionOf(id);
    return rejection === undefined ? { kind: "unknown" } : { kind: "rejected", ...rejection };
  }

  /** What an account sent and what happened to it, or to a proposal, newest first. For the next page, `before` is the last item. */
  history(name: AccountId | Digest, query: HistoryQuery): readonly HistoryItem[] {
    return this.#store.history(name, query).map((place) => this.#itemAt(place));
  }

  /** What was paid for the work of a round. Undefined before, and where the block that did it is not here. */
  payOf(round: number): RoundPay | undefined {
    const place = this.#store.placeOfPay(round);
    if (place === undefined) return undefined;
    const { height, timeMs, receipt } = this.#itemAt(place);
    const events = receipt.outcome.kind === "accepted" ? receipt.outcome.events : [];
    return { height, timeMs, events: events.filter(isPay).filter((event) => event.round === round) };
  }

  /** That the state of the last block has an entry, or has none. Undefined before the first block. */
  proof<T extends TableName>(table: T, key: string): EntryProof<T> | undefined {
    const { signedHeader } = this.head();
    return signedHeader && { signedHeader, proof: proveEntry(this.state, table, key) };
  }

  /** That a block has a transaction, and what it did. Undefined where no block has it. */
  transactionProof(id: Digest): TransactionProof | undefined {
    const place = this.#store.placeOfTransaction(id);
    const block = place && this.#store.block(place.height);
    return block && proveInclusion(block, this.#store.receiptsOf(place.height), place.index);
  }

  /** Closing a second time does nothing. */
  close(): void {
    this.#store.close();
    this.#lock.release();
  }

  #itemAt(place: Place): HistoryItem {
    const stored = this.#store.receiptAt(place);
    const header: Header | undefined = this.#store.header(place.height)?.header;
    if (stored === undefined || header === undefined) throw new Error("internal: an index leads to no receipt");
    return { ...place, ...stored, timeMs: header.timeMs };
  }
}

function transactionIdsOf(receipts: readonly Receipt[]): readonly Digest[] {
  return receipts.flatMap(({ transactionId }) => transactionId ?? []);
}
