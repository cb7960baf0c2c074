/** What needs somebody's attention, as long as it does: each alert stands until what it is about is over. */
import type { NodeView } from "@neuroshard/sdk/api";

export type AlertView = NodeView["alerts"][number];

export interface Alert {
  /** One alert a topic: a newer one takes the place of the older. */
  readonly topic: string;
  readonly severity: AlertView["severity"];
  /** The cause; the remedy. */
  readonly message: string;
  /** Asked whenever somebody looks. Without it the alert stands until it is cleared. */
  readonly isOver?: () => boolean;
}

interface Raised {
  readonly alert: Alert;
  readonly sinceMs: number;
}

const GRAVITY: { readonly [S in AlertView["severity"]]: number } = { error: 0, warning: 1, info: 2 };

export class AlertBoard {
  readonly #nowMs: () => number;
  readonly #raised = new Map<string, Raised>();

  /** @param nowMs Unix time. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Of a topic that stands already, only the words change. */
  raise(alert: Alert): void {
    const before = this.#raised.get(alert.topic);
    const isStanding = before !== undefined && before.alert.isOver?.() !== true;
    this.#raised.set(alert.topic, { alert, sinceMs: isStanding ? before.sinceMs : this.#nowMs() });
  }

  clear(topic: string): void {
    this.#raised.delete(topic);
  }

  /** The gravest first. */
  view(): readonly AlertView[] {
    for (const [topic, { alert }] of this.#raised) if (alert.isOver?.() === true) this.#raised.delete(topic);
    return [...this.#raised.values()]
      .map(({ alert: { severity, message }, sinceMs }) => ({ severity, message, sinceMs }))
      .sort((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || a.sinceMs - b.sinceMs);
  }
}
