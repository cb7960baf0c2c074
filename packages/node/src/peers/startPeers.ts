/** The peers of a node: who they are, the chain between them, and transactions on their way. In the order in which it starts. */
import {
  type BlobDepot,
  createLibp2pTransport,
  createPeerNetwork,
  NetworkError,
  type PeerNetwork,
} from "@neuroshard/network";
import { RELEASE_VERSION, upgradeDemand } from "@neuroshard/protocol";
import type { PeersView } from "@neuroshard/sdk/api";
import { nodeHash } from "../blobs/nodeHash.ts";
import type { Chain, Submission } from "../chain/chain.ts";
import { hasSequencer } from "../chain/homeFiles.ts";
import { formatVersion, upgradeView } from "../http/views/upgradeView.ts";
import { NodeError } from "../nodeError.ts";
import { announceHeads, hearHeads } from "./announceHeads.ts";
import { Bell } from "./bell.ts";
import { countBuffersOnce } from "./countBuffersOnce.ts";
import type { DeviceIdentity } from "./deviceKeyFile.ts";
import { followPeers } from "./followPeers.ts";
import { keepPeers } from "./keepPeers.ts";
import { NetworkBlockSource } from "./networkBlockSource.ts";
import { descriptorPath, writeDescriptor } from "./networkDescriptor.ts";
import { PeerHeads } from "./peerHeads.ts";
import type { PeerOptions } from "./peerOptions.ts";
import { relayTransactions } from "./relayTransactions.ts";
import { serveChain } from "./serveChain.ts";

export interface PeersParts {
  readonly home: string;
  readonly chain: Chain;
  readonly identity: DeviceIdentity;
  readonly blobs: BlobDepot;
  readonly options: PeerOptions;
  readonly onTrouble: (message: string) => void;
}

export interface Peers {
  readonly network: PeerNetwork;
  /** Takes a transaction here and sends it to the others. */
  submit(bytes: Uint8Array): Submission;
  /** Each transaction that comes from a peer, also what is not taken. */
  hear(listener: (bytes: Uint8Array) => void): void;
  /** Takes blocks from the peers until the signal; rejects with what ended it. */
  follow(options: { readonly signal: AbortSignal; readonly isFromSnapshot: boolean }): Promise<void>;
  view(): PeersView;
  stop(): Promise<void>;
}

/** Of the messages between nodes; one that speaks an older one is told to get a newer release. */
const PROTOCOL_VERSION = 1;

/** Throws NodeError PORT_IN_USE or BAD_ADDRESS. */
export async function startPeers(parts: PeersParts): Promise<Peers> {
  const { home, chain, options, onTrouble } = parts;
  countBuffersOnce();
  const network = await openNetwork(parts);
  serveChain(network, chain);
  const bell = new Bell();
  const { networkId, sequencer, scheme } = chain;
  const source = new NetworkBlockSource({
    network,
    trust: { networkId, sequencer, scheme },
    ownHeight: () => chain.head().height,
  });
  hearHeads(network, chain, (height, from) => {
    source.heard(height, from);
    bell.ring();
  });
  const stopRinging = network.onPeers(() => bell.ring());
  const heads = new PeerHeads(network);
  const relay = relayTransactions(network, chain);
  const stopAnnouncing = hasSequencer(home) ? announceHeads(network, chain) : () => undefined;
  const keeper = keepPeers(network, home, options.peers);
  await writeDescriptor(descriptorPath(home), { genesis: chain.genesis, addresses: network.addresses });
  return {
    network,
    submit: relay.submit,
    hear: relay.hear,
    follow: (how) => followPeers(chain, { ...how, source, bell, onTrouble }),
    view: () => viewOf(parts, network, heads),
    async stop() {
      relay.stop();
      heads.stop();
      stopRinging();
      stopAnnouncing();
      await keeper.stop();
      await network.stop();
    },
  };
}

function viewOf({ options }: PeersParts, network: PeerNetwork, heads: PeerHeads): PeersView {
  const softwareVersion = formatVersion(RELEASE_VERSION);
  return {
    self: { device: network.device, addresses: [...network.addresses], softwareVersion, roles: [...options.roles] },
    peers: network.peers().map((peer) => ({
      device: peer.device,
      addresses: [...peer.addresses],
      softwareVersion: peer.softwareVersion,
      headHeight: Math.max(peer.headHeight, heads.of(peer.device)),
      latencyMs: peer.latencyMs ?? null,
    })),
  };
}

/** Which proposal asks for the newer release, where one does. */
function demandOf({ state }: Chain): string {
  const demand = upgradeDemand(state);
  return demand === undefined ? "" : ` (asked for by ${upgradeView(demand).labels.join(", ")})`;
}

async function openNetwork({ chain, identity, blobs, options, onTrouble }: PeersParts): Promise<PeerNetwork> {
  const { networkId } = chain;
  const { listen, preSharedKey, isReachingOut } = options;
  try {
    const transport = await createLibp2pTransport({
      deviceSecret: identity.key.reveal().privateKey,
      ...{ networkId, listen },
      ...(preSharedKey !== undefined && { preSharedKey }),
      ...{ isLocalDiscovery: isReachingOut, isPortMapping: isReachingOut, isPublic: isReachingOut },
    });
    return createPeerNetwork({
      transport,
      depot: blobs,
      hello: {
        networkId,
        protocolVersion: PROTOCOL_VERSION,
        softwareVersion: formatVersion(RELEASE_VERSION),
        headHeight: () => chain.head().height,
      },
      hash: nodeHash,
      onProblem: (problem) => {
        // Others' faults are their own; one's own version is for the operator.
        if (problem instanceof NetworkError && problem.code === "OLD_PROTOCOL") {
          onTrouble(`${problem.message}${demandOf(chain)}`);
        }
      },
    });
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const code = error.code === "PORT_IN_USE" ? "PORT_IN_USE" : "BAD_ADDRESS";
    throw new NodeError(code, error.message, { cause: error });
  }
}
