/** Time that moves when a test says so. */
import type { Clock } from "../../src/transport.ts";

interface Alarm {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

/** As long as promises lead to further promises, nothing is at rest; so many rounds are enough for all of them. */
const REST_ROUNDS = 3;

export class VirtualClock implements Clock {
  #nowMs = 0;
  #order = 0;
  readonly #alarms = new Set<Alarm>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const alarm = { atMs: this.#nowMs + ms, order: this.#order++, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await rest();
    for (let next = this.#next(); next !== undefined && next.atMs <= untilMs; next = this.#next()) {
      await this.#ring(next);
    }
    this.#nowMs = untilMs;
  }

  /** Lets time pass until the promise is settled; throws after `mostMs`. */
  async settle<T>(promise: Promise<T>, mostMs = 600_000): Promise<T> {
    let isSettled = false;
    const end = (): void => {
      isSettled = true;
    };
    promise.then(end, end);
    const untilMs = this.#nowMs + mostMs;
    await rest();
    while (!isSettled) {
      const next = this.#next();
      if (next === undefined || next.atMs > untilMs) throw new Error(`not settled after ${mostMs} ms of virtual time`);
      await this.#ring(next);
    }
    return promise;
  }

  #next(): Alarm | undefined {
    let first: Alarm | undefined;
    for (const alarm of this.#alarms) {
      if (first === undefined || alarm.atMs < first.atMs || (alarm.atMs === first.atMs && alarm.order < first.order)) {
        first = alarm;
      }
    }
    return first;
  }

  async #ring(alarm: Alarm): Promise<void> {
    this.#alarms.delete(alarm);
    this.#nowMs = Math.max(this.#nowMs, alarm.atMs);
    alarm.action();
    await rest();
  }
}

async function rest(): Promise<void> {
  for (let round = 0; round < REST_ROUNDS; round++) await new Promise((resolve) => setImmediate(resolve));
}
