/**
 * One end of the blob benchmark, in a process of its own: gives blobs, or takes them, and meanwhile pings and asks. JSON
 * lines.
 */
import { randomBytes } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { createLibp2pTransport, createPeerNetwork, type PeerNetwork, type Transport } from "@neuroshard/network";
import { countBuffersOnce, nodeHash } from "@neuroshard/node";
import { CHUNK_BYTES, type Digest } from "@neuroshard/protocol";
import { pingMsOf, serveEcho } from "./echo.ts";
import { patternDepot } from "./patternDepot.ts";

/** Fewer than the rate of `head` allows, over all rounds. */
const QUESTION_PAUSE_MS = 250;
const PING_PAUSE_MS = 100;
const RSS_PAUSE_MS = 50;
const DELAY_RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1e6;
const NETWORK_ID = "ab".repeat(32) as Digest;

export type BlobPeerRequest =
  | { readonly kind: "give"; readonly sizes: readonly number[] }
  | { readonly kind: "dial"; readonly address: string }
  | { readonly kind: "take"; readonly digest: Digest }
  | { readonly kind: "watch" }
  | { readonly kind: "seen" };

export interface Taken {
  readonly megabytesPerSecond: number;
  readonly pingMs: readonly number[];
  readonly questionMs: readonly number[];
  readonly cpuSeconds: number;
}

/** Since the watch began. */
export interface Seen {
  readonly grownBytes: number;
  readonly peakBytes: number;
  /** Of the event loop. */
  readonly delayMs: { readonly median: number; readonly p99: number };
}

class BlobPeer {
  #transport: Transport | undefined;
  #network: PeerNetwork | undefined;
  #peakRss = 0;
  #startRss = 0;
  readonly #delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });

  async answer(request: BlobPeerRequest): Promise<object> {
    switch (request.kind) {
      case "give":
        return await this.#give(request.sizes);
      case "dial":
        return await this.#dial(request.address);
      case "take":
        return await this.#take(request.digest);
      case "watch":
        return this.#watch();
      case "seen":
        return this.#seen();
    }
  }

  async #give(sizes: readonly number[]): Promise<object> {
    const { network, transport, digests } = await openNetwork(sizes);
    serveEcho(transport);
    network.serve("head", async () => ({ height: 1 }));
    return { address: network.addresses[0], digests };
  }

  async #dial(address: string): Promise<object> {
    const { network, transport } = await openNetwork([]);
    await network.dial(address);
    this.#network = network;
    this.#transport = transport;
    return {};
  }

  async #take(digest: Digest): Promise<Taken> {
    const [network, transport] = [this.#network!, this.#transport!];
    const [giver] = network.peers();
    const { device } = giver!;
    const ended = new AbortController();
    const { signal } = ended;
    const pings = repeatedly(PING_PAUSE_MS, signal, () => pingMsOf(transport, device));
    const questions = repeatedly(QUESTION_PAUSE_MS, signal, async () => {
      const startMs = performance.now();
      await network.request(device, "head", {});
      return performance.now() - startMs;
    });
    const cpu = process.cpuUsage();
    const startMs = performance.now();
    let bytes = 0;
    const onProgress = (received: number): void => {
      bytes = received;
    };
    await network.fetchBlob({ digest, mostBytes: 2 ** 40, holders: [], signal, onProgress });
    const seconds = (performance.now() - startMs) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    ended.abort();
    const [pingMs, questionMs] = await Promise.all([pings, questions]);
    return { megabytesPerSecond: bytes / 1e6 / seconds, pingMs, questionMs, cpuSeconds: (user + system) / 1e6 };
  }

  #watch(): object {
    this.#startRss = process.memoryUsage.rss();
    this.#peakRss = this.#startRss;
    setInterval(() => {
      this.#peakRss = Math.max(this.#peakRss, process.memoryUsage.rss());
    }, RSS_PAUSE_MS).unref();
    this.#delay.enable();
    return {};
  }

  #seen(): Seen {
    const msAt = (percent: number): number => this.#delay.percentile(percent) / NANOSECONDS_PER_MS;
    return {
      grownBytes: this.#peakRss - this.#startRss,
      peakBytes: this.#peakRss,
      delayMs: { median: msAt(50), p99: msAt(99) },
    };
  }
}

async function openNetwork(sizes: readonly number[]) {
  const { depot, digests } = patternDepot(sizes);
  const transport = await createLibp2pTransport({
    deviceSecret: randomBytes(32),
    networkId: NETWORK_ID,
    listen: ["/ip4/127.0.0.1/tcp/0"],
  });
  const hello = { networkId: NETWORK_ID, protocolVersion: 1, softwareVersion: "bench", headHeight: () => 0 };
  const uploadBytesPerMinute = 65_536 * CHUNK_BYTES;
  const network = createPeerNetwork({ transport, depot, hello, hash: nodeHash, uploadBytesPerMinute });
  return { network, transport, digests };
}

/** Until the signal, with pauses between. */
async function repeatedly(
  pauseMs: number,
  signal: AbortSignal,
  measure: () => Promise<number>,
): Promise<readonly number[]> {
  const times: number[] = [];
  while (!signal.aborted) {
    times.push(await measure());
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return times;
}

// As a node does.
countBuffersOnce();
const peer = new BlobPeer();
const print = (answer: object): void => console.log(JSON.stringify(answer));
print({});
for await (const line of createInterface({ input: process.stdin })) {
  try {
    print(await peer.answer(JSON.parse(line)));
  } catch (error) {
    print({ error: error instanceof Error ? error.message : String(error) });
  }
}
process.exit();
