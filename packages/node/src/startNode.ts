/**
 * One node of a network: its chain, what makes it grow, and its HTTP surface. In the order of this file things start, and
 * in the reverse order they stop.
 */
import { existsSync } from "node:fs";
import { type DeviceKey, type Digest, RELEASE_VERSION, type State } from "@neuroshard/protocol";
import { type NodeAccess, openAccess } from "./access/openAccess.ts";
import type { BlockSource } from "./chain/blockSource.ts";
import { type Chain, openChain } from "./chain/chain.ts";
import { follow, joinNetwork, startFromSnapshot } from "./chain/follow.ts";
import { genesisPath, hasSequencer, readSequencer } from "./chain/homeFiles.ts";
import { countUndecidedNeps } from "./chain/undecidedNeps.ts";
import { SoloEngine } from "./consensus/soloEngine.ts";
import { httpBlockSource } from "./http/httpBlockSource.ts";
import { startHttp } from "./http/startHttp.ts";
import { formatVersion } from "./http/views/upgradeView.ts";
import type { LogComponent } from "./logs/logger.ts";
import { type LogOptions, type NodeLog, openLog } from "./logs/openLog.ts";
import { NodeError } from "./nodeError.ts";
import { describeDemand } from "./operation/describeDemand.ts";
import { NodeOperation } from "./operation/nodeOperation.ts";
import type { DeviceProgress } from "./operation/roundMonitor.ts";
import { joinPeers, type Membership, openMembership } from "./peers/membership.ts";
import type { PeerOptions } from "./peers/peerOptions.ts";
import type { Peers } from "./peers/startPeers.ts";
import type { RoundEvent } from "./rounds/roundEvent.ts";
import { type Serving, startServing } from "./serving/startServing.ts";
import { type Stoppable, stopInOrder } from "./stopInOrder.ts";
import type { Secret } from "./wallet/secret.ts";

export interface NodeOptions {
  readonly home: string;
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Who may ask for what besides those who have a token. */
  readonly access?: NodeAccess;
  /** The node whose blocks this one takes; without it, it makes them. */
  readonly followUrl?: string;
  /** Between two blocks, in place of the network's parameter. Rules count blocks and do not notice. */
  readonly blockMs?: number;
  readonly onBlock?: (block: NodeBlock) => void;
  /** A new home that follows begins with the other node's newest snapshot; blocks before it are not fetched. */
  readonly isFromSnapshot?: boolean;
  /** Takes part in a network of peers; without it, only HTTP leads to others. */
  readonly network?: PeerOptions;
  /** False: it writes no texts for its clients. Else it does where it keeps the model of its network. */
  readonly isServing?: boolean;
  /** Of its log, which is a file of the home; `print` shows it besides. */
  readonly log?: Omit<LogOptions, "home">;
  /** What happens in the rounds of the network, troubles aside. */
  readonly onRound?: (event: RoundNews) => void;
  /** What does not stop the node: the followed node cannot be reached, or the network demands a newer release. */
  readonly onTrouble?: (message: string) => void;
}

export type RoundNews = Exclude<RoundEvent, { readonly kind: "trouble" }>;

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
  /** Allows everything at the API of this node; `admin.token` of its home holds it. */
  readonly adminToken: Secret<string>;
  /** Never resolves while the node runs well; rejects with what stopped it. */
  readonly failed: Promise<never>;
  /** Resolves when its API was asked to stop it; whoever started it then does. */
  readonly stopRequested: Promise<void>;
  /** How far another device on this machine is: the API of this node tells it too. */
  noteProgress(progress: DeviceProgress): void;
  /**
   * Gives the height of the last block; all that was committed is on the disk. Within the time, also where a part of the
   * node hangs: then it throws NodeError STUCK, which names it, and what hangs may keep the process alive.
   */
  stop(mostMs?: number): Promise<number>;
}

const MOST_STOP_MS = 9000;

/** Throws NodeError, as its parts do. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { home, followUrl, network } = options;
  if (followUrl !== undefined && !existsSync(genesisPath(home))) {
    await joinNetwork(home, httpBlockSource({ baseUrl: followUrl }));
  }
  const log = openLog({ home, ...options.log });
  const membership = network === undefined ? undefined : await openMembership(home, network, toldTo(options, log));
  const chain = openChain({ home });
  const operation = new NodeOperation({ chain, log, membership });
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch((error: unknown) => log.error("node", "stopped by a failure", { error }));
  // In the order in which they started.
  const parts: Stoppable[] = [{ name: "operation", stop: async () => operation.stop() }];
  const stop = async (mostMs = MOST_STOP_MS): Promise<number> => {
    try {
      await stopInOrder(parts.toReversed(), mostMs);
      return chain.head().height;
    } finally {
      log.info("node", "stopped", { height: chain.head().height });
      chain.close();
      log.close();
    }
  };
  try {
    return { ...(await startParts({ options, chain, membership, operation, parts }, reject)), failed, stop };
  } catch (error) {
    log.error("node", "cannot start", { error });
    // What it failed with is what counts.
    await stop().catch(() => undefined);
    throw error;
  }
}

/** Before there is an operation that alerts. */
function toldTo({ onTrouble }: NodeOptions, log: NodeLog): Pick<NodeOptions, "onTrouble"> {
  return {
    onTrouble(message) {
      log.warn("node", message);
      onTrouble?.(message);
    },
  };
}

interface NodeParts {
  readonly options: NodeOptions;
  readonly chain: Chain;
  readonly membership: Membership | undefined;
  readonly operation: NodeOperation;
  /** What was started is added, so that it is stopped whatever comes. */
  readonly parts: Stoppable[];
}

async function startParts(
  { options, chain, membership, operation, parts }: NodeParts,
  onFailure: (error: unknown) => void,
): Promise<Omit<RunningNode, "failed" | "stop">> {
  const { followUrl, onBlock } = options;
  const heard = (component: LogComponent) => listeners(options, operation, component);
  const joined = membership && (await joinPeers(chain, membership, heard("peers"), onFailure));
  parts.push(...(joined?.parts ?? []));
  if (joined !== undefined) operation.attachPeers(joined);
  const serving = startServingFor(chain, membership, { ...options, ...heard("serving") });
  if (serving !== undefined) parts.push({ name: "texts for clients", stop: () => serving.stop() });
  if (serving !== undefined) operation.attachServing(serving);
  const { adminToken, rules: access } = await openAccess(options.home, options.access, heard("http").onTrouble);
  const http = await startHttp({
    ...options,
    ...{ access, chain, serving, operation },
    isReadOnly: followUrl !== undefined && joined === undefined,
    ...(joined !== undefined && { submit: joined.peers.submit, peersView: () => joined.peers.view() }),
  });
  parts.push({ name: "HTTP API", stop: () => http.close() });
  chain.subscribe(({ signedHeader: { header }, digest }) => onBlock?.(blockOf(chain, header, digest)));
  watchDemand(chain, options.onTrouble ?? (() => undefined), operation);
  const blockMs = options.blockMs ?? chain.blockSeconds() * 1000;
  parts.push(await startGrowing(chain, { ...options, ...heard("chain"), peers: joined?.peers }, onFailure));
  const { networkId, genesis } = chain;
  const { height } = chain.head();
  const device = membership?.identity.device;
  const facts = { url: http.url, network: genesis.name, networkId, height, device, roles: operation.roles };
  operation.log.info("node", "started", { ...facts, softwareVersion: formatVersion(RELEASE_VERSION) });
  return {
    ...{ url: http.url, networkId, networkName: genesis.name, height, blockMs, device, adminToken },
    ...{ addresses: joined?.peers.network.addresses ?? [], stopRequested: operation.stopRequested },
    noteProgress: (progress) => operation.rounds.noteProgress(progress),
  };
}

/** What a part tells goes to the log and the alerts, and to whoever started the node. */
function listeners({ onRound, onTrouble }: NodeOptions, operation: NodeOperation, component: LogComponent) {
  return {
    onRound(event: RoundEvent): void {
      operation.noteRound(event);
      if (event.kind === "trouble") onTrouble?.(event.message);
      else onRound?.(event);
    },
    onTrouble(message: string): void {
      operation.noteTrouble(component, message);
      onTrouble?.(message);
    },
  };
}

function startServingFor(
  chain: Chain,
  membership: Membership | undefined,
  { isServing = true, onTrouble }: NodeOptions,
): Serving | undefined {
  const { training } = chain.genesis;
  if (!isServing || membership === undefined || training === null) return undefined;
  const { blobs } = membership;
  return startServing({ training, blobs, chain, onTrouble: (message) => onTrouble?.(message) });
}

/** Said when the node starts, and again when another proposal has come into force. */
function watchDemand(chain: Chain, onTrouble: (message: string) => void, { log }: NodeOperation): void {
  let told: State["cells"]["activeNeps"] | undefined;
  function tell(): void {
    const { activeNeps } = chain.state.cells;
    if (activeNeps === told) return;
    told = activeNeps;
    const demand = describeDemand(chain.state);
    if (demand === undefined) return;
    log.warn("chain", demand);
    onTrouble(demand);
  }
  tell();
  chain.subscribe(tell);
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
