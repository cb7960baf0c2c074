/** The js-libp2p node under a transport: which transports, which services, which limits. */
import { autoNAT } from "@libp2p/autonat";
import { bootstrap } from "@libp2p/bootstrap";
import { circuitRelayServer, circuitRelayTransport } from "@libp2p/circuit-relay-v2";
import { privateKeyFromRaw } from "@libp2p/crypto/keys";
import { dcutr } from "@libp2p/dcutr";
import { gossipsub } from "@libp2p/gossipsub";
import { identify } from "@libp2p/identify";
import type { ConnectionGater } from "@libp2p/interface";
import { kadDHT, passthroughMapper, removePrivateAddressesMapper } from "@libp2p/kad-dht";
import { mdns } from "@libp2p/mdns";
import { ping } from "@libp2p/ping";
import { preSharedKey } from "@libp2p/pnet";
import { tcp } from "@libp2p/tcp";
import { uPnPNAT } from "@libp2p/upnp-nat";
import { webSockets } from "@libp2p/websockets";
import { yamux } from "@libp2p/yamux";
import { createLibp2p } from "libp2p";
import { LIBP2P_LIMITS } from "./libp2pLimits.ts";
import { pacedNoise } from "./pacedNoise.ts";
import { GOSSIP_SCORES } from "./topicScores.ts";
import { TurnShare } from "./turnShare.ts";

/** What looks beyond this machine. Off by default: tests and networks on one machine need none of it. */
export interface Reach {
  /** Announce and find nodes in the local network. */
  readonly isLocalDiscovery?: boolean;
  /** Ask the router to open the port of this node. */
  readonly isPortMapping?: boolean;
  /** Public addresses, relays for who has none, and direct connections through them. */
  readonly isPublic?: boolean;
}

export interface Libp2pOptions extends Reach {
  /** The device's key: 32 bytes. */
  readonly deviceSecret: Uint8Array;
  readonly networkId: string;
  /** Multiaddresses. */
  readonly listen: readonly string[];
  readonly bootstrap?: readonly string[];
  /** File content of a swarm key: only nodes that have it too can connect. */
  readonly preSharedKey?: Uint8Array;
}

const NETWORK_DIGITS = 16;
const LOCAL_DISCOVERY_MS = 10_000;

export async function createNode(options: Libp2pOptions, connectionGater: ConnectionGater) {
  const { deviceSecret, networkId, listen, preSharedKey: psk } = options;
  const prefix = `/neuroshard/${networkId.slice(0, NETWORK_DIGITS)}`;
  return await createLibp2p({
    privateKey: privateKeyFromRaw(deviceSecret),
    start: false,
    addresses: { listen: [...listen, ...(options.isPublic === true ? ["/p2p-circuit"] : [])] },
    transports: [tcp(), webSockets(), circuitRelayTransport()],
    connectionEncrypters: [pacedNoise(new TurnShare(LIBP2P_LIMITS.bytesPerTurn))],
    streamMuxers: [
      yamux({
        streamOptions: {
          initialStreamWindowSize: LIBP2P_LIMITS.firstWindowBytes,
          maxStreamWindowSize: LIBP2P_LIMITS.mostWindowBytes,
          maxReadBufferLength: LIBP2P_LIMITS.mostReadBufferBytes,
        },
      }),
    ],
    ...(psk !== undefined && { connectionProtector: preSharedKey({ psk }) }),
    connectionGater,
    connectionManager: {
      maxConnections: LIBP2P_LIMITS.mostConnections,
      inboundConnectionThreshold: LIBP2P_LIMITS.inboundPerSecond,
      maxIncomingPendingConnections: LIBP2P_LIMITS.mostPendingInbound,
      dialTimeout: LIBP2P_LIMITS.dialMs,
    },
    peerDiscovery: discoveryOf(options, prefix),
    services: {
      identify: identify(),
      ping: ping(),
      pubsub: gossipsub({
        allowPublishToZeroTopicPeers: true,
        maxInboundDataLength: LIBP2P_LIMITS.mostGossipBytes,
        scoreParams: GOSSIP_SCORES,
      }),
      dht: kadDHT({
        protocol: `${prefix}/kad/1`,
        clientMode: false,
        peerInfoMapper: options.isPublic === true ? removePrivateAddressesMapper : passthroughMapper,
      }),
      ...(options.isPublic === true && {
        autoNAT: autoNAT(),
        dcutr: dcutr(),
        relay: circuitRelayServer({
          reservations: {
            maxReservations: LIBP2P_LIMITS.relayReservations,
            // The library's own default ends a stream after a few packets; these are ours.
            applyDefaultLimit: true,
            defaultDataLimit: BigInt(LIBP2P_LIMITS.relayBytes),
            defaultDurationLimit: LIBP2P_LIMITS.relayMs,
          },
        }),
      }),
      ...(options.isPortMapping === true && { upnp: uPnPNAT() }),
    },
  });
}

export type Libp2pNode = Awaited<ReturnType<typeof createNode>>;

function discoveryOf({ bootstrap: list = [], isLocalDiscovery }: Libp2pOptions, prefix: string) {
  const serviceTag = `${prefix.replaceAll("/", "-").slice(1)}._udp.local`;
  return [
    ...(list.length > 0 ? [bootstrap({ list: [...list] })] : []),
    ...(isLocalDiscovery === true ? [mdns({ interval: LOCAL_DISCOVERY_MS, serviceTag })] : []),
  ];
}
