/**
 * A short visit to a network, as a peer with a home of its own that is gone afterwards: no account, no registration, nothing
 * to earn. For commands that look at a network and do not belong to it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { NetworkError, type PeerNetwork } from "@neuroshard/network";
import type { DeviceKey, Digest, State } from "@neuroshard/protocol";
import { BlobFiles } from "../blobs/blobFiles.ts";
import { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { openChain } from "../chain/chain.ts";
import { readState } from "../chain/readState.ts";
import { NodeError } from "../nodeError.ts";
import { BlobFetcher, type WantedBlob } from "../rounds/blobFetcher.ts";
import { openDeviceKey } from "./deviceKeyFile.ts";
import type { FoundNetwork } from "./findNetwork.ts";
import { joinByDescriptor } from "./networkDescriptor.ts";
import { BLOB_FOLDER } from "./peerOptions.ts";
import { type Peers, startPeers } from "./startPeers.ts";

export interface VisitOptions {
  readonly signal: AbortSignal;
  readonly onTrouble: (message: string) => void;
}

export interface Visit {
  /** Of the newest block. */
  readonly state: State;
  readonly network: PeerNetwork;
  readonly blobs: FileBlobStore;
  /** Waits a while for this peer: others tell its address. Where it does not come, somebody else may have what it has. */
  meet(device: DeviceKey): Promise<void>;
  /** Takes over what the home has that named the network; the rest stays missing. */
  lend(digests: readonly Digest[]): void;
  /** Lent, or else from peers. Throws NodeError NOT_SERVED. */
  fetch(wanted: readonly WantedBlob[]): Promise<void>;
  close(): Promise<void>;
}

const QUOTA_BYTES = 1e12;
const MEMORY_MB = 1000;
const LOOK_MS = 50;
/** A chain that does not grow for so long, or nobody who answers. */
const QUIET_MS = 20_000;
/** Of a home that has the chain itself: peers are wanted only for blobs. */
const GREETING_MS = 3_000;

/** Throws NodeError SOURCE_UNREACHABLE, the signal's reason, and what its parts throw. */
export async function visitNetwork({ descriptor, home }: FoundNetwork, options: VisitOptions): Promise<Visit> {
  const folder = await mkdtemp(join(tmpdir(), "neuroshard-visit-"));
  const ends: (() => void | Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    await joinByDescriptor(folder, descriptor);
    const identity = await openDeviceKey(folder);
    const blobs = new FileBlobStore({ folder: join(folder, BLOB_FOLDER), quotaBytes: QUOTA_BYTES });
    const chain = openChain({ home: folder });
    ends.push(() => chain.close());
    const limits = { threads: 1, memoryMb: MEMORY_MB, storageBytes: QUOTA_BYTES };
    const peers = await startPeers({
      ...{ home: folder, chain, identity, blobs, onTrouble: options.onTrouble },
      options: { listen: [], peers: [], roles: ["observer"], isReachingOut: false, ...limits },
    });
    ends.push(() => peers.stop());
    const lenders = home === undefined ? undefined : new BlobFiles(join(home, BLOB_FOLDER));
    const sources = { lenders, blobs, network: peers.network, options };
    const visit = {
      ...{ network: peers.network, blobs, close },
      meet: async (device: DeviceKey) => {
        const isHere = () => peers.network.peers().some((peer) => peer.device === device);
        await waitUntil(isHere, QUIET_MS, options.signal);
      },
      lend: (digests: readonly Digest[]) => lend(digests, sources),
      fetch: (wanted: readonly WantedBlob[]) => bring(wanted, sources),
    };
    if (home !== undefined) {
      await waitUntil(() => hasPeer(peers), GREETING_MS, options.signal);
      return { ...visit, state: readState(home).state };
    }
    await sync(peers, () => chain.head().height, options.signal);
    return { ...visit, state: chain.state };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Sources {
  readonly lenders: BlobFiles | undefined;
  readonly blobs: FileBlobStore;
  readonly network: PeerNetwork;
  readonly options: VisitOptions;
}

function lend(digests: readonly Digest[], { lenders, blobs }: Sources): void {
  for (const digest of digests) {
    const lent = blobs.has(digest) ? undefined : lenders?.read(digest);
    if (lent !== undefined) blobs.put(lent);
  }
}

async function bring(wanted: readonly WantedBlob[], sources: Sources): Promise<void> {
  const { blobs, network, options } = sources;
  lend(
    wanted.map(({ digest }) => digest),
    sources,
  );
  try {
    await new BlobFetcher(network, blobs).fetch(wanted, options.signal);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new NodeError("NOT_SERVED", `nobody who is connected gives what is needed (${error.message}); try later`, {
      cause: error,
    });
  }
}

/** Whether it came to be so. */
async function waitUntil(holds: () => boolean, mostMs: number, signal: AbortSignal): Promise<boolean> {
  const endMs = performance.now() + mostMs;
  while (!holds()) {
    if (performance.now() > endMs) return false;
    await setTimeout(LOOK_MS, undefined, { signal });
  }
  return true;
}

function hasPeer({ network }: Peers): boolean {
  return network.peers().length > 0;
}

/** Until the own chain is as high as that of the highest peer who has greeted. */
async function sync(peers: Peers, height: () => number, signal: AbortSignal): Promise<void> {
  const nobody =
    "no node of the network answers under the addresses that are known; see that one runs, or name another";
  if (!(await waitUntil(() => hasPeer(peers), QUIET_MS, signal))) throw new NodeError("SOURCE_UNREACHABLE", nobody);
  const enough = new AbortController();
  const following = peers.follow({ signal: AbortSignal.any([signal, enough.signal]), isFromSnapshot: true });
  try {
    await Promise.race([following, caughtUp(peers, height, signal)]);
    signal.throwIfAborted();
  } finally {
    enough.abort();
    await following;
  }
}

async function caughtUp(peers: Peers, height: () => number, signal: AbortSignal): Promise<void> {
  let last = -1;
  let growthMs = performance.now();
  for (;;) {
    const now = height();
    if (now !== last) growthMs = performance.now();
    last = now;
    const highest = Math.max(1, ...peers.view().peers.map(({ headHeight }) => headHeight));
    if (now >= highest) return;
    if (performance.now() - growthMs > QUIET_MS) {
      throw new NodeError("SOURCE_UNREACHABLE", `no peer has given block ${now + 1}; try again, or name another node`);
    }
    await setTimeout(LOOK_MS, undefined, { signal });
  }
}
