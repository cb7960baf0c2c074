/** One end of the blob benchmark, in a process of its own: gives blobs, or takes them and pings meanwhile. JSON lines. */

import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { createLibp2pTransport, createPeerNetwork, type PeerNetwork } from "@neuroshard/network";
import { nodeHash } from "@neuroshard/node";
import { CHUNK_BYTES, type Digest } from "@neuroshard/protocol";
import { patternDepot } from "./patternDepot.ts";

/** Fewer than the rate of `head` allows, over all rounds. */
const PING_PAUSE_MS = 250;
const RSS_PAUSE_MS = 50;
const NETWORK_ID = "ab".repeat(32) as Digest;

export type BlobPeerRequest =
  | { readonly kind: "give"; readonly sizes: readonly number[] }
  | { readonly kind: "dial"; readonly address: string }
  | { readonly kind: "take"; readonly digest: Digest }
  | { readonly kind: "watch" }
  | { readonly kind: "peak" };

export interface Taken {
  readonly megabytesPerSecond: number;
  readonly pingMs: readonly number[];
  readonly cpuSeconds: number;
}

class BlobPeer {
  #network: PeerNetwork | undefined;
  #peakRss = 0;
  #startRss = 0;

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
      case "peak":
        return { grownBytes: this.#peakRss - this.#startRss, peakBytes: this.#peakRss };
    }
  }

  async #give(sizes: readonly number[]): Promise<object> {
    const { network, digests } = await openNetwork(sizes);
    network.serve("head", async () => ({ height: 1 }));
    return { address: network.addresses[0], digests };
  }

  async #dial(address: string): Promise<object> {
    const { network } = await openNetwork([]);
    await network.dial(address);
    this.#network = network;
    return {};
  }

  async #take(digest: Digest): Promise<Taken> {
    const network = this.#network!;
    const [giver] = network.peers();
    const ended = new AbortController();
    const pings = pingUntil(network, giver!.device, ended.signal);
    const cpu = process.cpuUsage();
    const startMs = performance.now();
    let bytes = 0;
    const onProgress = (received: number): void => {
      bytes = received;
    };
    await network.fetchBlob({ digest, mostBytes: 2 ** 40, holders: [], signal: ended.signal, onProgress });
    const seconds = (performance.now() - startMs) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    ended.abort();
    return { megabytesPerSecond: bytes / 1e6 / seconds, pingMs: await pings, cpuSeconds: (user + system) / 1e6 };
  }

  #watch(): object {
    this.#startRss = process.memoryUsage.rss();
    this.#peakRss = this.#startRss;
    setInterval(() => {
      this.#peakRss = Math.max(this.#peakRss, process.memoryUsage.rss());
    }, RSS_PAUSE_MS).unref();
    return {};
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
  return { network: createPeerNetwork({ transport, depot, hello, hash: nodeHash, uploadBytesPerMinute }), digests };
}

async function pingUntil(
  network: PeerNetwork,
  peer: Parameters<PeerNetwork["request"]>[0],
  signal: AbortSignal,
): Promise<readonly number[]> {
  const times: number[] = [];
  while (!signal.aborted) {
    const startMs = performance.now();
    await network.request(peer, "head", {});
    times.push(performance.now() - startMs);
    await pause(PING_PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return times;
}

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
