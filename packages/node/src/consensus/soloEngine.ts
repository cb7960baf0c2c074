/**
 * One sequencer: the holder of the key that the genesis names makes a block every BLOCK_SECONDS, empty ones too, because
 * height is the clock of the rules. A header leaves this process only after its block is durable. If the process dies
 * between signing and storing, the signature dies with it, so nobody ever sees two headers of one height.
 */
import {
  type AccountKey,
  bytesToHex,
  type Digest,
  type Header,
  headerHash,
  listRoot,
  receiptRoot,
  type SignatureScheme,
  type SignedHeader,
} from "@neuroshard/protocol";
import { NodeError } from "../nodeError.ts";
import type { Application, ConsensusEngine, TransactionRejection } from "./engine.ts";

/** Where the engine gets transactions, and tells which ones it had to leave out. */
interface TransactionQueue {
  candidates(): readonly Uint8Array[];
  drop(id: Digest, rejection: TransactionRejection): void;
}

/** What an open chain has. */
export interface SoloParts {
  readonly application: Application;
  readonly mempool: TransactionQueue;
  readonly networkId: Digest;
  readonly sequencer: Uint8Array;
  readonly scheme: SignatureScheme;
  /** The parameter in force in the next block. */
  blockSeconds(): number;
}

export interface SoloOptions {
  readonly key: AccountKey;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

export class SoloEngine implements ConsensusEngine {
  readonly #parts: SoloParts;
  readonly #key: AccountKey;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #lastMadeAtMs = 0;

  /** Throws NodeError NOT_SEQUENCER. */
  constructor(parts: SoloParts, { key, now = Date.now }: SoloOptions) {
    const expected = bytesToHex(parts.sequencer);
    if (bytesToHex(key.publicKey) !== expected) {
      const cause = `this key is not the one that signs the blocks of this network (${expected})`;
      throw new NodeError("NOT_SEQUENCER", `${cause}; start with the sequencer's wallet, or follow another node`);
    }
    this.#parts = parts;
    this.#key = key;
    this.#now = now;
  }

  start(onFailure: (error: unknown) => void): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      try {
        this.produceBlock();
        this.start(onFailure);
      } catch (error) {
        onFailure(error);
      }
    }, this.#waitMs());
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The next block, at once. It is durable and known to all listeners when this returns. */
  produceBlock(): SignedHeader {
    const { application, mempool, scheme } = this.#parts;
    this.#lastMadeAtMs = this.#now();
    const { transactions, rejected } = application.prepareProposal(mempool.candidates());
    for (const { transactionId, rejection } of rejected) mempool.drop(transactionId, rejection);
    const header = this.#headerOf(transactions);
    const signedHeader = { header, signature: scheme.sign(headerHash(header), this.#key.privateKey) };
    application.commit(signedHeader);
    return signedHeader;
  }

  #headerOf(transactions: readonly Uint8Array[]): Header {
    const { application, networkId } = this.#parts;
    const { timeMs } = application.info();
    const { height, parent, receipts, stateRoot } = application.finalizeBlock(transactions);
    return {
      networkId,
      height,
      parent,
      // A clock that is set back does not turn the order of blocks around.
      timeMs: Math.max(this.#now(), timeMs + 1),
      transactionCount: transactions.length,
      transactionRoot: bytesToHex(listRoot(transactions)) as Digest,
      receiptRoot: receiptRoot(receipts),
      stateRoot,
      proposer: this.#key.publicKey,
    };
  }

  #waitMs(): number {
    const periodMs = this.#parts.blockSeconds() * 1000;
    const leftMs = this.#lastMadeAtMs + periodMs - this.#now();
    return Math.min(Math.max(leftMs, 0), periodMs);
  }
}
