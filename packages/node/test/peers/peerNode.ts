/** Nodes among peers for tests: real chains and real connections on loopback, blocks when the test wants them. */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type BlobDepot, createLibp2pTransport, createPeerNetwork, type PeerNetwork } from "@neuroshard/network";
import { type Digest, encode, genesis as genesisCodec } from "@neuroshard/protocol";
import { onTestFinished } from "vitest";
import type { Chain, ChainOptions } from "../../src/chain/chain.ts";
import { writeGenesis } from "../../src/chain/homeFiles.ts";
import { openDeviceKey } from "../../src/peers/deviceKeyFile.ts";
import type { PeerOptions } from "../../src/peers/peerOptions.ts";
import { type Peers, startPeers } from "../../src/peers/startPeers.ts";
import { openTestChain, temporaryFolder } from "../chain/testNetwork.ts";

const LOOPBACK = "/ip4/127.0.0.1/tcp/0";

/** These networks train nothing. */
const NO_BLOBS: BlobDepot = {
  describe: async () => undefined,
  readChunk: async () => undefined,
  begin: async () => new Set(),
  writeChunk: async () => undefined,
  finish: async () => undefined,
};

export interface PeerNode {
  readonly home: string;
  readonly chain: Chain;
  readonly peers: Peers;
  readonly address: string;
  readonly troubles: readonly string[];
  stop(): Promise<void>;
}

export function peerOptions(known: readonly string[], listen = LOOPBACK): PeerOptions {
  const limits = { threads: 1, memoryMb: 1000, storageBytes: 1e9 };
  return { listen: [listen], peers: known, roles: ["observer"], isReachingOut: false, ...limits };
}

/** Among peers until the end of the test. */
export async function joinPeers(
  { home, chain }: { readonly home: string; readonly chain: Chain },
  known: readonly string[] = [],
  listen = LOOPBACK,
): Promise<PeerNode> {
  const troubles: string[] = [];
  const identity = await openDeviceKey(home);
  const peers = await startPeers({
    ...{ home, chain, identity, blobs: NO_BLOBS, options: peerOptions(known, listen) },
    onTrouble: (message) => troubles.push(message),
  });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= peers.stop();
    return stopped;
  };
  onTestFinished(stop);
  return { home, chain, peers, address: peers.network.addresses[0]!, troubles, stop };
}

export interface FollowerOptions {
  readonly isFromSnapshot?: boolean;
  readonly chain?: Partial<ChainOptions>;
}

export interface Follower extends PeerNode {
  /** What it ended with, where it did not end by itself. */
  readonly failures: readonly unknown[];
}

/** A home that has only the genesis of `of`, and follows its peers. */
export async function followerOf(
  of: Chain,
  known: readonly string[],
  { isFromSnapshot = false, chain: options = {} }: FollowerOptions = {},
): Promise<Follower> {
  const home = join(await temporaryFolder(), "home");
  await writeGenesis(home, of.genesis);
  const chain = openTestChain(home, options);
  const node = await joinPeers({ home, chain }, known);
  return { ...node, ...follow(node, isFromSnapshot) };
}

export function follow(node: PeerNode, isFromSnapshot = false): Pick<Follower, "failures" | "stop"> {
  const ended = new AbortController();
  const failures: unknown[] = [];
  const following = node.peers
    .follow({ signal: ended.signal, isFromSnapshot })
    .catch((error: unknown) => failures.push(error));
  const stop = async (): Promise<void> => {
    ended.abort();
    await following;
    await node.stop();
    node.chain.close();
  };
  onTestFinished(stop);
  return { failures, stop };
}

/** A peer that greets well; the rest is the test's. */
export async function hostilePeer(chain: Chain, networkId: Digest = chain.networkId): Promise<PeerNetwork> {
  const { key } = await openDeviceKey(await temporaryFolder());
  const deviceSecret = key.reveal().privateKey;
  const transport = await createLibp2pTransport({ deviceSecret, networkId, listen: [LOOPBACK] });
  const hello = { networkId, protocolVersion: 1, softwareVersion: "1.0.0", headHeight: () => 0 };
  const network = createPeerNetwork({ transport, depot: NO_BLOBS, hello });
  network.serve("genesis", async () => ({ genesis: encode(genesisCodec, chain.genesis) }));
  onTestFinished(() => network.stop());
  return network;
}

/** Waits as long as the test may take. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(10);
}
