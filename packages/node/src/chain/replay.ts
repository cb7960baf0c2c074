/**
 * Replays a stored chain from its genesis, signatures included, and compares every root, that of the stored state too:
 * what `neuroshard verify` does. It reads beside a node that is running. Memory holds one state and one block, however
 * long the chain is.
 */
import { setImmediate } from "node:timers/promises";
import {
  applyBlock,
  type BlockFault,
  bytesToHex,
  type Digest,
  type Header,
  headerDigest,
  listRoot,
  type SignatureScheme,
  type State,
  stateRoot,
} from "@neuroshard/protocol";
import { chooseScheme } from "../crypto/chooseScheme.ts";
import { NodeError } from "../nodeError.ts";
import { chainPath, readGenesis } from "./homeFiles.ts";
import { ChainStore } from "./store/chainStore.ts";

export interface ReplayProgress {
  readonly height: number;
  readonly headHeight: number;
  /** So far. */
  readonly transactions: number;
}

export interface ReplayOptions {
  /** After every block. */
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Counts all tokens anew after every block. */
  readonly isAudited?: boolean;
  /** By default the fastest that this machine has. */
  readonly scheme?: SignatureScheme;
  readonly signal?: AbortSignal;
}

export interface ReplayedChain {
  readonly networkId: Digest;
  readonly height: number;
  readonly transactions: number;
  readonly stateRoot: Digest;
}

/** So that an interrupt is noticed. */
const BLOCKS_AT_ONCE = 32;

/** Throws NodeError REPLAY_DIFFERS, NO_HISTORY, and what opening a chain throws. */
export async function verifyChain(home: string, options: ReplayOptions = {}): Promise<ReplayedChain> {
  const { genesis, state } = readGenesis(home);
  const store = ChainStore.openToRead(chainPath(home), genesis);
  try {
    return await new Replay(store, state, options).run();
  } finally {
    store.close();
  }
}

class Replay {
  readonly #store: ChainStore;
  readonly #options: ReplayOptions;
  readonly #scheme: SignatureScheme;
  readonly #networkId: Digest;
  #state: State;
  #parent: Digest;
  #transactions = 0;

  constructor(store: ChainStore, genesisState: State, options: ReplayOptions) {
    this.#store = store;
    this.#options = options;
    this.#scheme = options.scheme ?? chooseScheme().scheme;
    this.#state = genesisState;
    this.#networkId = genesisState.cells.network.networkId;
    this.#parent = this.#networkId;
  }

  async run(): Promise<ReplayedChain> {
    const last = this.#store.checkState(stateRoot(this.#state));
    const headHeight = last?.header.height ?? 0;
    for (let height = 1; height <= headHeight; height++) {
      if (height % BLOCKS_AT_ONCE === 0) await setImmediate();
      this.#options.signal?.throwIfAborted();
      this.#replayBlock(height);
      this.#options.onProgress?.({ height, headHeight, transactions: this.#transactions });
    }
    const counted = { height: headHeight, transactions: this.#transactions };
    return { networkId: this.#networkId, ...counted, stateRoot: stateRoot(this.#state) };
  }

  #replayBlock(height: number): void {
    const stored = this.#store.blockAndReceipts(height);
    if (stored === undefined) throw this.#missing(height);
    const { block, receipts } = stored;
    const { isAudited = false } = this.#options;
    const applied = applyBlock(this.#state, this.#parent, block, { scheme: this.#scheme, isAudited });
    if (!applied.ok) throw this.#differs({ ...applied.fault, height });
    this.#compareReceipts(block.signedHeader.header, receipts);
    this.#state = applied.state;
    this.#parent = headerDigest(block.signedHeader.header);
    this.#transactions += block.transactions.length;
  }

  /** The header commits to the receipts that were computed; those that were stored are what people are shown. */
  #compareReceipts({ height, receiptRoot: expected }: Header, stored: readonly Uint8Array[]): void {
    const actual = bytesToHex(listRoot(stored));
    if (expected !== actual) throw this.#differs({ code: "BLOCK_WRONG_RECEIPTS", height, expected, actual });
  }

  #missing(height: number): NodeError {
    const { path } = this.#store;
    const first = this.#store.firstHeight();
    if (height >= first) return new NodeError("DAMAGED_CHAIN", `${path} has no block ${height}; sync it again`);
    const cause = `${path} began from a snapshot at height ${first} and has no blocks before it`;
    return new NodeError("NO_HISTORY", `${cause}; to verify all of it, sync a new home from the genesis`);
  }

  #differs({ code, height, expected, actual }: BlockFault): NodeError {
    const cause = `block ${height} of ${this.#store.path} does not follow from its parent (${code}`;
    const figures = `expected ${expected}, found ${actual})`;
    return new NodeError("REPLAY_DIFFERS", `${cause}, ${figures}; the file was altered, or written by other rules`);
  }
}
