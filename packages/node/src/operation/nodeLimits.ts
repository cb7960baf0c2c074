/** How much of the machine a node may use. Parts that can follow a change while they run listen for it. */
import type { LimitsChange, LimitsView } from "@neuroshard/sdk/api";

type Listener = (limits: LimitsView) => void;

export class NodeLimits {
  readonly #listeners = new Set<Listener>();
  #current: LimitsView;

  constructor(atStart: LimitsView) {
    this.#current = atStart;
  }

  get current(): LimitsView {
    return this.#current;
  }

  /** What is left out stays. Returns what is in force now. */
  change(change: LimitsChange): LimitsView {
    this.#current = { ...this.#current, ...change };
    for (const listener of this.#listeners) listener(this.#current);
    return this.#current;
  }

  /** Returns how to end it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
