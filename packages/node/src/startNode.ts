/**
 * One node of a network: its chain, what makes it grow, and its HTTP surface. In the order of this file things start, and
 * in the reverse order they stop.
 */
import { existsSync } from "node:fs";
import { type DeviceKey, type Digest, RELEASE_VERSION, type State, upgradeDemand } from "@neuroshard/protocol";
import type { BlockSource } from "./chain/blockSource.ts";
import { type Chain, openChain } from "./chain/chain.ts";
import { follow, joinNetwork, startFromSnapshot } from "./chain/follow.ts";
import { genesisPath, hasSequencer, readSequencer } from "./chain/homeFiles.ts";
import { countUndecidedNeps } from "./chain/undecidedNeps.ts";
import { SoloEngine } from "./consensus/soloEngine.ts";
import { httpBlockSource } from "./http/httpBlockSource.ts";
import { startHttp } from "./http/startHttp.ts";
import { formatVersion, type UpgradeView, upgradeView } from "./http/views/upgradeView.ts";
import { NodeError } from "./nodeError.ts";
import { joinPeers, openMembership } from "./peers/membership.ts";
import type { PeerOptions } from "./peers/peerOptions.ts";
import type { Peers } from "./peers/startPeers.ts";
import type { RoundEvent } from "./rounds/roundEvent.ts";
import { type Stoppable, stopInOrder } from "./stopInOrder.ts";

export interface NodeOptions {
  readonly home: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The node whose blocks this one takes; without it, it makes them. */
  readonly followUrl?: string;
  /** Between two blocks, in place of the network's parameter. Rules count blocks and do not notice. */
  readonly blockMs?: number;
  readonly onBlock?: (block: NodeBlock) => void;
  /** A new home that follows begins with the other node's newest snapshot; blocks before it are not fetched. */
  readonly isFromSnapshot?: boolean;
  /** Takes part in a network of peers; without it, only HTTP leads to others. */
  readonly network?: PeerOptions;
  /** What happens in the rounds of the network. */
  readonly onRound?: (event: RoundEvent) => void;
  /** What does not stop the node: the followed node cannot be reached, or the network demands a newer release. */
  readonly onTrouble?: (message: string) => void;
}

export interface NodeBlock {
  readonly height: number;
  readonly hash: Digest;
  readonly timeMs: number;
  readonly transactions: number;
  /** Transactions that wait. */
  readonly pending: number;
  /** Proposals that are neither in force nor over. */
  readonly openNeps: number;
}

export interface RunningNode {
  readonly url: string;
  readonly networkId: Digest;
  readonly networkName: string;
  /** Of the last block when it started. */
  readonly height: number;
  /** Milliseconds from one block to the next. */
  readonly blockMs: number;
  /** Under which peers reach it; none without a network. */
  readonly addresses: readonly string[];
  /** Of this machine in its network. */
  readonly device: DeviceKey | undefined;
  /** Never resolves while the node runs well; rejects with what stopped it. */
  readonly failed: Promise<never>;
  /**
   * Gives the height of the last block; all that was committed is on the disk. Within the time, also where a part of the
   * node hangs: then it throws NodeError STUCK, which names it, and what hangs may keep the process alive.
   */
  stop(mostMs?: number): Promise<number>;
}

const MOST_STOP_MS = 9000;

/** Throws NodeError, as its parts do. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { home, followUrl, onBlock, network } = options;
  if (followUrl !== undefined && !existsSync(genesisPath(home))) {
    await joinNetwork(home, httpBlockSource({ baseUrl: followUrl }));
  }
  const membership = network === undefined ? undefined : await openMembership(home, network, options);
  const chain = openChain({ home });
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // Whoever started the node may look at it later, or never.
  failed.catch(() => {});
  // In the order in which they started.
  const parts: Stoppable[] = [];
  const stop = async (mostMs = MOST_STOP_MS): Promise<number> => {
    try {
      await stopInOrder(parts.toReversed(), mostMs);
      return chain.head().height;
    } finally {
      chain.close();
    }
  };
  try {
    const joined = membership && (await joinPeers(chain, membership, options, reject));
    parts.push(...(joined?.parts ?? []));
    const http = await startHttp({
      ...options,
      chain,
      isReadOnly: followUrl !== undefined && joined === undefined,
      ...(joined !== undefined && { submit: joined.peers.submit, peersView: () => joined.peers.view() }),
    });
    parts.push({ name: "HTTP API", stop: () => http.close() });
    chain.subscribe(({ signedHeader: { header }, digest }) => onBlock?.(blockOf(chain, header, digest)));
    watchDemand(chain, options);
    const blockMs = options.blockMs ?? chain.blockSeconds() * 1000;
    parts.push(await startGrowing(chain, { ...options, peers: joined?.peers }, reject));
    const { networkId, genesis } = chain;
    const { height } = chain.head();
    return {
      ...{ url: http.url, networkId, networkName: genesis.name, height, blockMs, failed, stop },
      ...{ addresses: joined?.peers.network.addresses ?? [], device: membership?.identity.device },
    };
  } catch (error) {
    // What it failed with is what counts.
    await stop().catch(() => undefined);
    throw error;
  }
}

/** Said when the node starts, and again when another proposal has come into force. */
function watchDemand(chain: Chain, { onTrouble }: NodeOptions): void {
  let told: State["cells"]["activeNeps"] | undefined;
  function tell(): void {
    const { activeNeps } = chain.state.cells;
    if (activeNeps === told) return;
    told = activeNeps;
    const demand = upgradeDemand(chain.state);
    if (demand !== undefined) onTrouble?.(describeDemand(upgradeView(demand)));
  }
  tell();
  chain.subscribe(tell);
}

function describeDemand({ version, features, labels }: UpgradeView): string {
  const what = features.length === 0 ? "" : ` with ${features.join(", ")}`;
  const since = labels.length === 0 ? "" : ` since ${labels.join(", ")}`;
  const own = `this release is ${formatVersion(RELEASE_VERSION)}`;
  return `the network runs protocol ${version}${what}${since}, ${own}; install a newer release`;
}

async function startGrowing(
  chain: Chain,
  options: NodeOptions & { readonly peers: Peers | undefined },
  onFailure: (error: unknown) => void,
): Promise<Stoppable> {
  const { peers } = options;
  if (options.followUrl !== undefined) {
    const source = httpBlockSource({ baseUrl: options.followUrl });
    if (options.isFromSnapshot === true && chain.head().height === 0) await startFromSnapshot(chain, source);
    return startFollowing(chain, source, { ...options, onFailure });
  }
  const { home, blockMs } = options;
  if (!hasSequencer(home) && peers !== undefined)
    return startFollowingPeers(peers, options.isFromSnapshot === true, onFailure);
  if (!hasSequencer(home)) {
    const cause = `${home} does not hold the key that signs the blocks of its network`;
    throw new NodeError("NOT_SEQUENCER", `${cause}; follow a node that does, with --follow URL`);
  }
  const { application, mempool, networkId, sequencer, scheme } = chain;
  const blockSeconds = () => (blockMs === undefined ? chain.blockSeconds() : blockMs / 1000);
  const parts = { application, mempool, networkId, sequencer, scheme, blockSeconds };
  const engine = new SoloEngine(parts, { key: (await readSequencer(home)).key.reveal() });
  engine.start(onFailure);
  return { name: "making of blocks", stop: async () => engine.stop() };
}

function startFollowingPeers(peers: Peers, isFromSnapshot: boolean, onFailure: (error: unknown) => void): Stoppable {
  const controller = new AbortController();
  return followed(controller, peers.follow({ signal: controller.signal, isFromSnapshot }).catch(onFailure));
}

interface Following extends Pick<NodeOptions, "onTrouble"> {
  readonly onFailure: (error: unknown) => void;
}

function startFollowing(chain: Chain, source: BlockSource, { onTrouble, onFailure }: Following): Stoppable {
  const controller = new AbortController();
  const { signal } = controller;
  const following = follow(chain, source, { signal, onTrouble: ({ message }) => onTrouble?.(message) }).catch(
    onFailure,
  );
  return followed(controller, following);
}

function followed(controller: AbortController, following: Promise<void>): Stoppable {
  return {
    name: "taking of blocks",
    async stop() {
      controller.abort();
      await following;
    },
  };
}

interface HeaderFacts {
  readonly height: number;
  readonly timeMs: number;
  readonly transactionCount: number;
}

function blockOf(chain: Chain, { height, timeMs, transactionCount }: HeaderFacts, hash: Digest): NodeBlock {
  const pending = chain.mempool.size;
  return { height, hash, timeMs, transactions: transactionCount, pending, openNeps: countUndecidedNeps(chain.state) };
}
