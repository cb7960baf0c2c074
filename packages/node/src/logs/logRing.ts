/** The newest entries of a log in memory, by id: what the API shows. */
import type { LogEntryView, LogLevel } from "@neuroshard/sdk/api";

export interface LogQuery {
  /** Only this id and later ones. */
  readonly since?: number;
  /** And graver ones. */
  readonly level?: LogLevel;
  readonly component?: string;
  readonly text?: string;
  readonly limit: number;
}

type Listener = (entry: LogEntryView) => void;

const GRAVITY: { readonly [L in LogLevel]: number } = { debug: 0, info: 1, warn: 2, error: 3 };

export class LogRing {
  readonly #capacity: number;
  readonly #entries: LogEntryView[] = [];
  readonly #listeners = new Set<Listener>();
  #nextId = 1;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Of the next entry. */
  get nextId(): number {
    return this.#nextId;
  }

  add(entry: Omit<LogEntryView, "id">): LogEntryView {
    const added = { id: this.#nextId++, ...entry };
    // In place of the oldest, so that nothing is moved.
    this.#entries[(added.id - 1) % this.#capacity] = added;
    for (const listener of this.#listeners) listener(added);
    return added;
  }

  /** The newest that fit, the oldest of them first. */
  query({ since = 0, limit, ...filter }: LogQuery): readonly LogEntryView[] {
    const found: LogEntryView[] = [];
    const oldest = Math.max(1, since, this.#nextId - this.#entries.length);
    for (let id = this.#nextId - 1; id >= oldest && found.length < limit; id--) {
      const entry = this.#entries[(id - 1) % this.#capacity]!;
      if (matches(entry, filter)) found.push(entry);
    }
    return found.reverse();
  }

  /** Returns how to end it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function matches(
  { level, component, message }: LogEntryView,
  { level: least, component: wanted, text }: Omit<LogQuery, "since" | "limit">,
): boolean {
  if (least !== undefined && GRAVITY[level] < GRAVITY[least]) return false;
  if (wanted !== undefined && component !== wanted) return false;
  return text === undefined || message.toLowerCase().includes(text.toLowerCase());
}
