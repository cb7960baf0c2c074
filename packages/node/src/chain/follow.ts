/**
 * Following: blocks come from another node, each is executed and compared with what its header says, and only then stored.
 * Whoever joins late may begin from a snapshot, which is believed because its root stands in a header that the sequencer
 * of the genesis signed.
 */
import { setTimeout } from "node:timers/promises";
import {
  block as blockCodec,
  decode,
  type Genesis,
  genesis as genesisCodec,
  networkIdOf,
  type SnapshotManifest,
  snapshotManifest,
} from "@neuroshard/protocol";
import { NodeError } from "../nodeError.ts";
import type { BlockSource } from "./blockSource.ts";
import type { Chain } from "./chain.ts";
import { writeGenesis } from "./homeFiles.ts";

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Between two questions for new blocks; by default half the time of a block. */
  readonly pauseMs?: number;
  /** In place of waiting for so long; returns early where there may be news. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The source could not be reached, or, of several nodes, has no good block; it is tried again. */
  readonly onTrouble?: (error: NodeError) => void;
}

/** Makes `home` one of the source's network; `networkId`, where it is known, guards against a wrong source. */
export async function joinNetwork(home: string, source: BlockSource, networkId?: string): Promise<Genesis> {
  const decoded = decode(genesisCodec, await source.genesis());
  if (!decoded.ok) throw new NodeError("BAD_GENESIS", `${source.name} sent no genesis; join through another node`);
  const its = networkIdOf(decoded.value);
  if (networkId !== undefined && its !== networkId) {
    throw new NodeError(
      "OTHER_NETWORK",
      `${source.name} is of network ${its}, not ${networkId}; join through another node`,
    );
  }
  await writeGenesis(home, decoded.value);
  return decoded.value;
}

/** Follows until the signal. Throws NodeError BAD_BLOCK of a single node, and what the store throws. */
export async function follow(chain: Chain, source: BlockSource, options: FollowOptions): Promise<void> {
  const { signal, pauseMs, wait = pause, onTrouble } = options;
  while (!signal.aborted) {
    try {
      await catchUp(chain, source, signal);
    } catch (error) {
      if (!isPassing(error, source)) throw error;
      onTrouble?.(error);
    }
    await wait(pauseMs ?? chain.blockSeconds() * 500, signal);
  }
}

function isPassing(error: unknown, { refuse }: BlockSource): error is NodeError {
  if (!(error instanceof NodeError)) return false;
  return error.code === "SOURCE_UNREACHABLE" || (error.code === "BAD_BLOCK" && refuse !== undefined);
}

/** Up to the source's last block. Returns how many blocks came. Throws NodeError BAD_BLOCK or SOURCE_UNREACHABLE. */
export async function catchUp(chain: Chain, source: BlockSource, signal?: AbortSignal): Promise<number> {
  const from = chain.head().height;
  const to = await source.head();
  for (let height = from + 1; height <= to && signal?.aborted !== true; ) {
    const problem = appendBlock(chain, await source.block(height));
    if (problem === undefined) height++;
    else if (source.refuse?.(height) !== true) throw badBlock(source, height, problem);
  }
  return chain.head().height - from;
}

/** Returns why it cannot follow; then nothing of it is kept. */
function appendBlock({ application }: Chain, bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return "it has none, though it says it has later ones";
  const decoded = decode(blockCodec, bytes);
  if (!decoded.ok) return `MALFORMED, ${decoded.path} ${decoded.reason}`;
  const fault = application.processProposal(decoded.value);
  if (fault !== undefined) return `${fault.code}, expected ${fault.expected}, found ${fault.actual}`;
  application.finalizeBlock(decoded.value.transactions);
  application.commit(decoded.value.signedHeader);
  return undefined;
}

/**
 * Begins a chain that has no blocks from the source's newest snapshot. Returns its height, or undefined where the source
 * offers none. Throws NodeError BAD_SNAPSHOT; the chain is then as it was.
 */
export async function startFromSnapshot({ application }: Chain, source: BlockSource): Promise<number | undefined> {
  const bytes = await source.snapshot();
  if (bytes === undefined) return undefined;
  const decoded = decode(snapshotManifest, bytes);
  if (!decoded.ok) throw badSnapshot(source, "its description is malformed");
  const manifest: SnapshotManifest = decoded.value;
  const { height } = manifest.signedHeader.header;
  const refused = application.offerSnapshot(manifest);
  if (refused !== undefined) throw badSnapshot(source, refused.reason);
  for (const index of manifest.chunks.keys()) {
    const chunk = await source.snapshotChunk(height, index);
    if (chunk === undefined) throw badSnapshot(source, `chunk ${index} is missing`);
    const problem = application.applySnapshotChunk(index, chunk);
    if (problem !== undefined) throw badSnapshot(source, problem.reason);
  }
  return height;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}

function badBlock({ name }: BlockSource, height: number, reason: string): NodeError {
  const cause = `block ${height} from ${name} cannot follow our chain (${reason})`;
  return new NodeError("BAD_BLOCK", `${cause}; nothing of it was kept, follow another node`);
}

function badSnapshot({ name }: BlockSource, reason: string): NodeError {
  return new NodeError("BAD_SNAPSHOT", `the snapshot of ${name} is refused: ${reason}; begin from another node`);
}
