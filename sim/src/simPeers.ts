/** Peers of simulated nodes: the network of real ones, above a transport in memory. */
import { type Clock, createPeerNetwork, type PeerNetwork, type Transport } from "@neuroshard/network";
import { nodeHash } from "@neuroshard/node";
import type { SharedChain } from "./sharedChain.ts";
import type { SimBlobs } from "./simBlobs.ts";

const REDIAL_MS = 1000;

interface PeerParts {
  readonly transport: Transport;
  readonly blobs: SimBlobs;
  readonly chain: SharedChain;
  readonly headHeight: () => number;
}

export function openPeers({ transport, blobs, chain, headHeight }: PeerParts): PeerNetwork {
  const hello = { networkId: chain.networkId, protocolVersion: 1, softwareVersion: "sim", headHeight };
  return createPeerNetwork({ transport, depot: blobs, hello, hash: nodeHash });
}

/** Who is not connected is called, now and then, as long as the machine of the clock runs. */
export function keepDialling(network: PeerNetwork, clock: Clock, addresses: () => readonly string[]): void {
  const connected = new Set(network.peers().flatMap((peer) => peer.addresses));
  for (const address of addresses()) {
    // Nobody may be there.
    if (!connected.has(address)) network.dial(address).catch(() => undefined);
  }
  clock.after(REDIAL_MS, () => keepDialling(network, clock, addresses));
}
