/** Why transactions that had been taken were turned away later, for senders who come back to ask. Bounded. */
import type { Digest } from "@neuroshard/protocol";
import type { TransactionRejection } from "../consensus/engine.ts";

const CAPACITY = 16_384;

export class RecentRejections {
  /** Oldest first. */
  readonly #byId = new Map<Digest, TransactionRejection>();

  add(id: Digest, rejection: TransactionRejection): void {
    this.#byId.delete(id);
    this.#byId.set(id, rejection);
    if (this.#byId.size <= CAPACITY) return;
    const [oldest] = this.#byId.keys();
    this.#byId.delete(oldest!);
  }

  /** A transaction that was turned away once may be accepted when it is sent again. */
  forget(id: Digest): void {
    this.#byId.delete(id);
  }

  get(id: Digest): TransactionRejection | undefined {
    return this.#byId.get(id);
  }
}
