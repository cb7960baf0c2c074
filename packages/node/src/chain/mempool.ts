/**
 * Transactions that wait for a block. Each was applied to the state of the next block after those before it, so whoever
 * sends one learns at once, and exactly, why it would not be accepted; those of one sender may build on each other.
 * After each block the rest is tried again.
 */
import {
  type AccountId,
  accountOf,
  bytesToHex,
  type Digest,
  decodeTransaction,
  transactionHash,
} from "@neuroshard/protocol";
import type { Application, TransactionRejection } from "../consensus/engine.ts";
import { RecentRejections } from "./recentRejections.ts";

/** Of this machine, not of the network: how much it is ready to hold for others. */
export interface MempoolLimits {
  readonly mostTransactions: number;
  readonly mostBytes: number;
  readonly mostPerSender: number;
}

export const MEMPOOL_LIMITS: MempoolLimits = {
  mostTransactions: 65_536,
  mostBytes: 67_108_864,
  mostPerSender: 1024,
};

/** `isKnown`: it was pending before. */
export type PoolAnswer =
  | { readonly kind: "pending"; readonly transactionId: Digest; readonly isKnown: boolean }
  | ({ readonly kind: "rejected"; readonly transactionId: Digest } & TransactionRejection);

interface Waiting {
  readonly bytes: Uint8Array;
  readonly sender: string;
}

export class Mempool {
  readonly #application: Pick<Application, "checkTx">;
  readonly #limits: MempoolLimits;
  readonly #rejections = new RecentRejections();
  /** In the order in which they came, which keeps the nonces of each sender in order. */
  readonly #waiting = new Map<Digest, Waiting>();
  readonly #countBySender = new Map<string, number>();
  #bytes = 0;

  constructor(application: Pick<Application, "checkTx">, limits: MempoolLimits) {
    this.#application = application;
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.size;
  }

  submit(bytes: Uint8Array): PoolAnswer {
    const decoded = decodeTransaction(bytes);
    if (!decoded.ok) return this.#check(bytes, "");
    const { content } = decoded.value;
    const sender = accountOf(content.publicKey);
    const refusal = this.#refusal(bytes, sender);
    if (refusal === undefined) return this.#check(bytes, sender);
    const transactionId = bytesToHex(transactionHash(content)) as Digest;
    if (this.#waiting.has(transactionId)) return { kind: "pending", transactionId, isKnown: true };
    return { kind: "rejected", transactionId, ...refusal };
  }

  /** How many wait of one sender: its next nonce lies that much further. */
  pendingOf(sender: AccountId): number {
    return this.#countBySender.get(sender) ?? 0;
  }

  has(id: Digest): boolean {
    return this.#waiting.has(id);
  }

  rejectionOf(id: Digest): TransactionRejection | undefined {
    return this.#rejections.get(id);
  }

  /** In the order in which they came. */
  candidates(): readonly Uint8Array[] {
    return Array.from(this.#waiting.values(), ({ bytes }) => bytes);
  }

  drop(id: Digest, rejection: TransactionRejection): void {
    if (this.#remove(id)) this.#rejections.add(id, rejection);
  }

  /** `committed`: what the last block had. The rest must apply after it, or goes. */
  afterBlock(committed: Iterable<Digest>): void {
    for (const id of committed) this.#remove(id);
    for (const [id, { bytes }] of this.#waiting) {
      const { rejection } = this.#application.checkTx(bytes);
      if (rejection !== undefined) this.drop(id, rejection);
    }
  }

  #check(bytes: Uint8Array, sender: string): PoolAnswer {
    const { transactionId, rejection } = this.#application.checkTx(bytes);
    if (rejection === undefined) {
      this.#add(transactionId, { bytes, sender });
      return { kind: "pending", transactionId, isKnown: false };
    }
    // Sent twice, it fails for its nonce only because of itself.
    if (this.#waiting.has(transactionId)) return { kind: "pending", transactionId, isKnown: true };
    return { kind: "rejected", transactionId, ...rejection };
  }

  #refusal({ length }: Uint8Array, sender: string): TransactionRejection | undefined {
    const { mostTransactions, mostBytes, mostPerSender } = this.#limits;
    if (this.#waiting.size >= mostTransactions || this.#bytes + length > mostBytes) {
      return poolRejection("POOL_FULL", { mostTransactions, mostBytes });
    }
    const pending = this.#countBySender.get(sender) ?? 0;
    return pending < mostPerSender ? undefined : poolRejection("TOO_MANY_PENDING", { most: mostPerSender, pending });
  }

  #add(id: Digest, waiting: Waiting): void {
    this.#waiting.set(id, waiting);
    this.#bytes += waiting.bytes.length;
    this.#countBySender.set(waiting.sender, (this.#countBySender.get(waiting.sender) ?? 0) + 1);
    this.#rejections.forget(id);
  }

  #remove(id: Digest): boolean {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return false;
    this.#waiting.delete(id);
    this.#bytes -= waiting.bytes.length;
    const left = this.#countBySender.get(waiting.sender)! - 1;
    if (left > 0) this.#countBySender.set(waiting.sender, left);
    else this.#countBySender.delete(waiting.sender);
    return true;
  }
}

function poolRejection(code: string, data: Readonly<Record<string, number>>): TransactionRejection {
  return { code, figures: Object.entries(data).map(([name, value]) => ({ name, value: String(value) })) };
}
