/** Figures of the connections to other nodes. */
import type { TrafficCounts } from "@neuroshard/network";
import type { PeersView } from "@neuroshard/sdk/api";
import type { Registry } from "prom-client";
import { gauge, total } from "./area.ts";

export interface PeerSources {
  readonly peers: () => PeersView["peers"];
  /** Undefined without peers. */
  readonly traffic: () => TrafficCounts | undefined;
}

export function addPeerMetrics(registry: Registry, { peers, traffic }: PeerSources): void {
  gauge(registry, { name: "peers", help: "connected nodes of this network" }, (made) => made.set(peers().length));
  gauge(
    registry,
    { name: "peer_latency_seconds_max", help: "of the slowest connected node, there and back" },
    (made) => {
      made.set(Math.max(0, ...peers().map(({ latencyMs }) => latencyMs ?? 0)) / 1000);
    },
  );
  const help = "bytes on the wire since the node started";
  total(registry, { name: "network_bytes_total", help, labels: ["direction", "content"] }, (made) => {
    const counts = traffic();
    made.inc({ direction: "in", content: "blob" }, counts?.blobBytesReceived ?? 0);
    made.inc({ direction: "out", content: "blob" }, counts?.blobBytesSent ?? 0);
    made.inc({ direction: "in", content: "message" }, counts?.messageBytesReceived ?? 0);
    made.inc({ direction: "out", content: "message" }, counts?.messageBytesSent ?? 0);
  });
}
