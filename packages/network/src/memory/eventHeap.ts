/** Events in the order of (time, sequence): a binary heap. */

export interface TimedEvent {
  readonly atMs: number;
  readonly sequence: number;
  readonly action: () => void;
  isCancelled: boolean;
}

export class EventHeap {
  readonly #events: TimedEvent[] = [];

  push(event: TimedEvent): void {
    const events = this.#events;
    let place = events.length;
    events.push(event);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(event, events[parent]!)) break;
      events[place] = events[parent]!;
      place = parent;
    }
    events[place] = event;
  }

  /** The first event, where it is not later than that. */
  takeUntil(untilMs: number): TimedEvent | undefined {
    const events = this.#events;
    const first = events[0];
    if (first === undefined || first.atMs > untilMs) return undefined;
    const last = events.pop()!;
    if (events.length > 0) this.#sink(last);
    return first;
  }

  /** Puts an event in the place of the first. */
  #sink(event: TimedEvent): void {
    const events = this.#events;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= events.length) break;
      if (child + 1 < events.length && isBefore(events[child + 1]!, events[child]!)) child++;
      if (!isBefore(events[child]!, event)) break;
      events[place] = events[child]!;
      place = child;
    }
    events[place] = event;
  }
}

function isBefore(a: TimedEvent, b: TimedEvent): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
