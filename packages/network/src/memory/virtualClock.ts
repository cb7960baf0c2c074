/**
 * Time that passes only when somebody runs it. Events happen in the order of (time, order of scheduling), and between two
 * of them every promise that can go on has gone on, so that a run is a function of its inputs alone.
 *
 * What waits for the real world (files, sockets, worker threads) does not hold this clock: simulated code must not.
 */
import type { Clock } from "../transport.ts";
import { EventHeap } from "./eventHeap.ts";

export class VirtualClock implements Clock {
  readonly #events = new EventHeap();
  #nowMs = 0;
  #sequence = 0;
  #isRunning = false;

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, action: () => void): () => void {
    const event = { atMs: this.#nowMs + Math.max(0, ms), sequence: this.#sequence++, action, isCancelled: false };
    this.#events.push(event);
    return () => {
      event.isCancelled = true;
    };
  }

  /** Lets everything up to and including this moment happen. */
  async run(untilMs: number): Promise<void> {
    await this.#play(untilMs, () => false);
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** Lets time pass until it is so, and says whether it ever was: not when nothing is left to happen, or not by then. */
  async runUntil(isDone: () => boolean, untilMs: number): Promise<boolean> {
    return await this.#play(untilMs, isDone);
  }

  async #play(untilMs: number, isDone: () => boolean): Promise<boolean> {
    if (this.#isRunning) throw new Error("internal: this clock is running already");
    this.#isRunning = true;
    const turns = new MessageTurns();
    try {
      await turns.next();
      while (!isDone()) {
        const event = this.#events.takeUntil(untilMs);
        if (event === undefined) return false;
        if (event.isCancelled) continue;
        this.#nowMs = event.atMs;
        event.action();
        await turns.next();
      }
      return true;
    } finally {
      turns.close();
      this.#isRunning = false;
    }
  }
}

/** Turns of the real event loop: each one begins when no microtask is left. */
class MessageTurns {
  readonly #channel = new MessageChannel();

  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#channel.port1.onmessage = () => resolve();
      this.#channel.port2.postMessage(undefined);
    });
  }

  close(): void {
    this.#channel.port1.close();
    this.#channel.port2.close();
  }
}
