/**
 * One node of a network: its chain, what makes it grow, and its HTTP surface. In the order of this file things start, and
 * in the reverse order they stop.
 */
import { existsSync } from "node:fs";
import { type Digest, statusOf } from "@neuroshard/protocol";
import { type Chain, openChain } from "./chain/chain.ts";
import { follow, joinNetwork } from "./chain/follow.ts";
import { genesisPath, hasSequencer, readSequencer } from "./chain/homeFiles.ts";
import { SoloEngine } from "./consensus/soloEngine.ts";
import { httpBlockSource } from "./http/httpBlockSource.ts";
import { startHttp } from "./http/startHttp.ts";
import { NodeError } from "./nodeError.ts";

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
  /** The followed node could not be reached; it is tried again. */
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
  /** Never resolves while the node runs well; rejects with what stopped it. */
  readonly failed: Promise<never>;
  /** All that was committed is on the disk; gives the height of the last block. */
  stop(): Promise<number>;
}

/** Throws NodeError, as its parts do. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const { home, followUrl, onBlock } = options;
  if (followUrl !== undefined && !existsSync(genesisPath(home))) {
    await joinNetwork(home, httpBlockSource({ baseUrl: followUrl }));
  }
  const chain = openChain({ home });
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // Whoever started the node may look at it later, or never.
  failed.catch(() => {});
  try {
    const http = await startHttp({ ...options, chain, isReadOnly: followUrl !== undefined });
    chain.subscribe(({ signedHeader: { header }, digest }) => onBlock?.(blockOf(chain, header, digest)));
    const blockMs = options.blockMs ?? chain.blockSeconds() * 1000;
    const stopGrowing = await startGrowing(chain, options, reject).catch(async (error: unknown) => {
      await http.close();
      throw error;
    });
    const { networkId, genesis } = chain;
    const { height } = chain.head();
    return {
      ...{ url: http.url, networkId, networkName: genesis.name, height, blockMs, failed },
      async stop() {
        await stopGrowing();
        await http.close();
        const last = chain.head().height;
        chain.close();
        return last;
      },
    };
  } catch (error) {
    chain.close();
    throw error;
  }
}

/** Returns how to end it. */
async function startGrowing(
  chain: Chain,
  options: NodeOptions,
  onFailure: (error: unknown) => void,
): Promise<() => Promise<void>> {
  if (options.followUrl !== undefined) return startFollowing(chain, options, onFailure);
  const { home, blockMs } = options;
  if (!hasSequencer(home)) {
    const cause = `${home} does not hold the key that signs the blocks of its network`;
    throw new NodeError("NOT_SEQUENCER", `${cause}; follow a node that does, with --follow URL`);
  }
  const { application, mempool, networkId, sequencer, scheme } = chain;
  const blockSeconds = () => (blockMs === undefined ? chain.blockSeconds() : blockMs / 1000);
  const parts = { application, mempool, networkId, sequencer, scheme, blockSeconds };
  const engine = new SoloEngine(parts, { key: (await readSequencer(home)).key.reveal() });
  engine.start(onFailure);
  return async () => engine.stop();
}

function startFollowing(
  chain: Chain,
  { followUrl = "", onTrouble }: NodeOptions,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const controller = new AbortController();
  const source = httpBlockSource({ baseUrl: followUrl });
  const { signal } = controller;
  const following = follow(chain, source, { signal, onTrouble: ({ message }) => onTrouble?.(message) }).catch(
    onFailure,
  );
  return async () => {
    controller.abort();
    await following;
  };
}

interface HeaderFacts {
  readonly height: number;
  readonly timeMs: number;
  readonly transactionCount: number;
}

function blockOf(chain: Chain, { height, timeMs, transactionCount }: HeaderFacts, hash: Digest): NodeBlock {
  const { cells, tables } = chain.state;
  const open = cells.openNeps.open.filter(({ nepId }) => {
    const record = tables.neps.get(nepId);
    return record !== undefined && statusOf(record, height) !== "active";
  });
  const pending = chain.mempool.size;
  return { height, hash, timeMs, transactions: transactionCount, pending, openNeps: open.length };
}
