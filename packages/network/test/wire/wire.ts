/** A network in memory whose links are all alike, and a clock that a test moves. */
import { bytesToHex, type DeviceKey } from "@neuroshard/protocol";
import { MemoryNetwork } from "../../src/memory/memoryNetwork.ts";
import type { MemoryTransport } from "../../src/memory/memoryTransport.ts";
import { VirtualClock } from "../../src/memory/virtualClock.ts";

const LATENCY_MS = 5;

export class Wire {
  readonly clock = new TestClock();
  readonly network = new MemoryNetwork({
    clock: this.clock.virtual,
    seed: 1,
    conditions: { latencyMs: LATENCY_MS, jitterMs: 0, bytesPerSecond: 1e9 },
  });
  #joined = 0;

  join(): MemoryTransport {
    const key = new Uint8Array(33).fill(++this.#joined);
    key[0] = 2;
    return this.network.join(bytesToHex(key) as DeviceKey);
  }
}

class TestClock {
  readonly virtual = new VirtualClock();

  nowMs(): number {
    return this.virtual.nowMs();
  }

  after(ms: number, action: () => void): void {
    this.virtual.after(ms, action);
  }

  advance(ms: number): Promise<void> {
    return this.virtual.run(this.nowMs() + ms);
  }

  /** Lets time pass until the promise is settled; throws after `mostMs`. */
  async settle<T>(promise: Promise<T>, mostMs = 600_000): Promise<T> {
    let isSettled = false;
    const end = (): void => {
      isSettled = true;
    };
    promise.then(end, end);
    const wasSettled = await this.virtual.runUntil(() => isSettled, this.nowMs() + mostMs);
    if (!wasSettled) throw new Error(`not settled after ${mostMs} ms of virtual time`);
    return promise;
  }
}
