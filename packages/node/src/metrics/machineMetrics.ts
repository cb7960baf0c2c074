/** Figures of the process and the machine: memory, time, blobs on the disk, and how long events have to wait. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { NodeView } from "@neuroshard/sdk/api";
import type { Registry } from "prom-client";
import { gauge, total } from "./area.ts";

const RESOLUTION_MS = 20;
const NANO = 1e9;
const MICRO = 1e6;
const P99 = 99;

/** Returns how to end the measuring. */
export function addMachineMetrics(registry: Registry, storage: () => NodeView["storage"]): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  gauge(registry, { name: "event_loop_delay_p99_seconds", help: "since the figures were read before" }, (made) => {
    // Nothing was measured yet where two readings follow one another at once.
    made.set(delay.count === 0 ? 0 : delay.percentile(P99) / NANO);
    delay.reset();
  });
  gauge(registry, { name: "resident_memory_bytes", help: "of the process" }, (made) =>
    made.set(process.memoryUsage.rss()),
  );
  gauge(registry, { name: "heap_used_bytes", help: "by JavaScript" }, (made) =>
    made.set(process.memoryUsage().heapUsed),
  );
  gauge(registry, { name: "uptime_seconds", help: "of the process" }, (made) => made.set(process.uptime()));
  total(registry, { name: "cpu_seconds_total", help: "of all threads of the process" }, (made) => {
    const { user, system } = process.cpuUsage();
    made.inc((user + system) / MICRO);
  });
  gauge(registry, { name: "blob_store_bytes", help: "models and contributions on the disk" }, (made) => {
    made.set(storage().usedBytes);
  });
  gauge(registry, { name: "blob_store_limit_bytes", help: "room for models and contributions" }, (made) => {
    made.set(storage().limitBytes ?? 0);
  });
  return () => delay.disable();
}
