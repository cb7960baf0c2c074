/** The transport in memory does what every transport has to. */
import type { DeviceKey } from "@neuroshard/protocol";
import { MemoryNetwork } from "../../src/memory/memoryNetwork.ts";
import { MEMORY_STREAM_WINDOW_BYTES } from "../../src/memory/memoryStream.ts";
import { VirtualClock } from "../../src/memory/virtualClock.ts";
import { describeTransport } from "./transport.compliance.ts";

const MOST_WAIT_MS = 600_000;
const REST_MS = 5_000;
const POLL_MS = 100;
/** A writer begins one more part when the window is just not full. */
const PART_BYTES = 1 << 20;

const device = (index: number): DeviceKey => `02${index.toString(16).padStart(64, "0")}` as DeviceKey;

describeTransport("a transport in memory", () => {
  const clock = new VirtualClock();
  const network = new MemoryNetwork({ clock, seed: 11, conditions: { lossRate: 0 } });
  let count = 0;

  async function until(isSo: () => boolean): Promise<void> {
    const endMs = clock.nowMs() + MOST_WAIT_MS;
    while (!isSo()) {
      if (clock.nowMs() >= endMs) throw new Error("this did not come about");
      await clock.run(clock.nowMs() + POLL_MS);
    }
  }

  return {
    open: async () => network.join(device(count++)),
    stranger: device(999),
    emptyAddress: `/memory/${device(999)}`,
    async settle(promise) {
      let isSettled = false;
      const settle = (): void => {
        isSettled = true;
      };
      promise.then(settle, settle);
      await until(() => isSettled);
      return await promise;
    },
    until,
    rest: () => clock.run(clock.nowMs() + REST_MS),
    mostAheadBytes: MEMORY_STREAM_WINDOW_BYTES + PART_BYTES,
    stop: async () => {},
  };
});
