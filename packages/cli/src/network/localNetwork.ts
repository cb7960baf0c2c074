/**
 * Runs a private network on this machine: the node that makes the blocks here, those that train and validate as child
 * processes with libp2p between them. A child that dies is started again, and finds its way back by itself.
 */
import { setTimeout } from "node:timers/promises";
import {
  descriptorPath,
  type NodeAccess,
  openLocalNetwork,
  type RunningNode,
  readWallet,
  startNode,
  walletPath,
} from "@neuroshard/node";
import { type Client, createClient, getAccount, NeuroError, ONE, signAndSend, signerOf } from "@neuroshard/sdk";
import { Refusal } from "../refusal.ts";
import { NetworkBoard } from "./networkBoard.ts";
import type { NetworkStatus } from "./networkStatus.ts";
import { NodeProcess } from "./nodeProcess.ts";

export interface LocalNetworkRun {
  readonly home: string;
  readonly nodes: number;
  readonly data: string;
  readonly preset: string;
  readonly steps: number;
  readonly host: string;
  readonly port: number;
  readonly access: NodeAccess;
  readonly threads: number;
  readonly storageGb: number;
  readonly blockMs: number | undefined;
  readonly onStatus: (status: NetworkStatus) => void;
  readonly onMessage: (message: string) => void;
}

export interface RunningNetwork {
  readonly url: string;
  readonly failed: Promise<never>;
  /** Resolves when its API was asked to stop it. */
  readonly stopRequested: Promise<void>;
  /** Within ten seconds. Throws Refusal where a node had to be killed, and NodeError STUCK. */
  stop(): Promise<void>;
}

const SEED = 1;
const LOOPBACK = "/ip4/127.0.0.1/tcp/0";
const REFRESH_MS = 500;
/** Together less than a command has to end. Those that train end first, so that they can still send what they owe. */
const CHILDREN_STOP_MS = 6000;
const FIRST_STOP_MS = 3000;
const BYTES_PER_GB = 1e9;
/** Stake keeps the power of a validator when what the genesis gave it has faded. */
const STAKE = 500n * ONE;
const STAKE_LOCK_DAYS = 1;
const STAKE_VALID_BLOCKS = 100;
const OBSERVER_MEMORY_MB = 1000;

export async function runLocalNetwork(run: LocalNetworkRun): Promise<RunningNetwork> {
  const { home, nodes, data, preset, steps, storageGb } = run;
  const storageBytes = storageGb * BYTES_PER_GB;
  const made = { seed: SEED, createdAtMs: Date.now(), storageBytes };
  const { nodeHomes } = await openLocalNetwork({ home, nodes, data, preset, steps, ...made });
  const first = await startFirst(run, storageBytes);
  const descriptor = descriptorPath(home);
  const wallets = await Promise.all(nodeHomes.map((nodeHome) => readWallet(walletPath(nodeHome, "default"))));
  const client = createClient({ baseUrl: first.url, token: first.adminToken.reveal() });
  const named = wallets.map(({ address }, index) => ({ name: `node ${index + 1}`, address }));
  const board = new NetworkBoard(client, { name: first.networkName, url: first.url }, named);
  const children = nodeHomes.map((nodeHome, index) => startChild(run, { nodeHome, descriptor, index, board, first }));
  const stopping = new AbortController();
  const { promise: broken, reject } = Promise.withResolvers<never>();
  const watching = watch(run, { board, client, children, wallets }, stopping.signal).catch(reject);
  return {
    url: first.url,
    failed: Promise.race([first.failed, broken]),
    stopRequested: first.stopRequested,
    async stop() {
      stopping.abort();
      const ended = await Promise.all(children.map((child) => child.stop(CHILDREN_STOP_MS)));
      await watching;
      await first.stop(FIRST_STOP_MS);
      const killed = named.filter((_, index) => !ended[index]).map(({ name }) => name);
      if (killed.length > 0) throw new Refusal(describeKilled(killed));
    },
  };
}

function describeKilled(names: readonly string[]): string {
  const cause = `${names.join(" and ")} did not end within ${CHILDREN_STOP_MS / 1000} s and had to be killed`;
  return `${cause}; what was committed is kept, and the next start goes on from there`;
}

/** Makes the blocks, keeps the model, trains nothing. */
function startFirst(
  { home, host, port, access, blockMs, onMessage }: LocalNetworkRun,
  storageBytes: number,
): Promise<RunningNode> {
  return startNode({
    ...{ home, host, port, access },
    ...(blockMs !== undefined && { blockMs }),
    network: {
      ...{ listen: [LOOPBACK], peers: [], roles: ["observer"], threads: 1, memoryMb: OBSERVER_MEMORY_MB },
      ...{ storageBytes, isReachingOut: false },
    },
    onTrouble: onMessage,
    onRound: (event) => {
      if (event.kind === "disagreement") onMessage(`round ${event.round}: this machine computed another model`);
    },
  });
}

interface Child {
  readonly nodeHome: string;
  readonly descriptor: string;
  readonly index: number;
  readonly board: NetworkBoard;
  readonly first: RunningNode;
}

function startChild(run: LocalNetworkRun, { nodeHome, descriptor, index, board, first }: Child): NodeProcess {
  const name = `node ${index + 1}`;
  const size = ["--threads", String(run.threads), "--storage", String(run.storageGb)];
  return new NodeProcess({
    args: [
      "start",
      "--home",
      nodeHome,
      "--port",
      "0",
      "--network",
      descriptor,
      "--local",
      "--no-serving",
      "--attached",
      "--json",
      ...size,
    ],
    onEvent(event) {
      board.note(index, event);
      const progress = event.event === "progress" ? board.progressOf(index, event) : undefined;
      if (progress !== undefined) first.noteProgress(progress);
      if (event.event === "ready")
        run.onMessage(`${name}: device ${event.device}, ${(event.addresses as string[])[0]}`);
      if (event.event === "trouble") run.onMessage(`${name}: ${event.message}`);
    },
    onDeath({ reason, restartMs }) {
      run.onMessage(`${name} ${reason}; it is started again in ${Math.round(restartMs / 1000)} s`);
    },
  });
}

interface Watched {
  readonly board: NetworkBoard;
  readonly client: Client;
  readonly children: readonly NodeProcess[];
  readonly wallets: readonly Awaited<ReturnType<typeof readWallet>>[];
}

/** Until the signal. A node that does not answer is asked again; if it has failed, that is told elsewhere. */
async function watch(
  run: LocalNetworkRun,
  { board, client, children, wallets }: Watched,
  signal: AbortSignal,
): Promise<void> {
  let _isStaked = false;
  while (!signal.aborted) {
    for (const [index, child] of children.entries()) board.setProcess(index, child.processId);
    try {
      await board.refresh();
      run.onStatus(board.status());
      _isStaked ||= await stakeAll(client, wallets);
    } catch (error) {
      if (!(error instanceof NeuroError)) throw error;
    }
    await setTimeout(REFRESH_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Sends what is missing; true when all have their stake. */
async function stakeAll(client: Client, wallets: Watched["wallets"]): Promise<boolean> {
  let missing = 0;
  for (const { address, key } of wallets) {
    const { stake, nonce, nextNonce } = await getAccount(client, address);
    if (stake.bonded !== "0") continue;
    missing += 1;
    // Something of this account is under way; it may be the stake.
    if (nextNonce !== nonce) continue;
    const body = { kind: "stake", amount: STAKE, lockDays: STAKE_LOCK_DAYS } as const;
    await signAndSend(client, signerOf(key.reveal()), body, { validForBlocks: STAKE_VALID_BLOCKS });
  }
  return missing === 0;
}
