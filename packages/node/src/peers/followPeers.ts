/** Keeps a chain up with its peers: from a snapshot where that is wanted, then block by block, at once when one is announced. */
import type { Chain } from "../chain/chain.ts";
import { follow, startFromSnapshot } from "../chain/follow.ts";
import { NodeError } from "../nodeError.ts";
import type { Bell } from "./bell.ts";
import type { NetworkBlockSource } from "./networkBlockSource.ts";

export interface FollowPeersOptions {
  readonly source: NetworkBlockSource;
  /** Rung when a peer has come, or a block was announced. */
  readonly bell: Bell;
  readonly signal: AbortSignal;
  readonly isFromSnapshot: boolean;
  readonly onTrouble: (message: string) => void;
}

/** Announcements may be lost: after so many block times without one, it is asked for. */
const QUIET_BLOCKS = 2;
const FIRST_PEER_MS = 5_000;
const SNAPSHOT_ATTEMPTS = 8;
const SNAPSHOT_PAUSE_MS = 1_000;

/** Until the signal. Throws what the store throws. */
export async function followPeers(chain: Chain, options: FollowPeersOptions): Promise<void> {
  const { source, bell, signal, isFromSnapshot } = options;
  source.endWith(signal);
  let told = "";
  /** Once, until the chain goes on. */
  const onTrouble = (message: string): void => {
    const now = `${chain.head().height} ${message}`;
    if (now !== told && !signal.aborted) options.onTrouble(message);
    told = now;
  };
  if (source.isAlone) await bell.wait(FIRST_PEER_MS, signal);
  if (isFromSnapshot && chain.head().height === 0) await beginFromSnapshot(chain, { ...options, onTrouble });
  await follow(chain, source, {
    signal,
    pauseMs: chain.blockSeconds() * 1000 * QUIET_BLOCKS,
    wait: (ms, until) => bell.wait(ms, until),
    onTrouble: ({ message }) => onTrouble(message),
  });
}

/** Where nobody has a good one, the blocks are taken from the first on. */
async function beginFromSnapshot(chain: Chain, options: FollowPeersOptions): Promise<void> {
  const { source, bell, signal, onTrouble } = options;
  for (let attempt = 0; attempt < SNAPSHOT_ATTEMPTS && !signal.aborted; attempt++) {
    try {
      const height = source.isAlone ? undefined : await startFromSnapshot(chain, source);
      if (height !== undefined) return;
    } catch (error) {
      if (!(error instanceof NodeError && error.code === "BAD_SNAPSHOT")) throw error;
      source.refuseSnapshot();
      onTrouble(error.message);
    }
    await bell.wait(SNAPSHOT_PAUSE_MS, signal);
  }
}
