/**
 * New blocks by announcement: who makes them publishes the signed header, who follows checks its signature and comes for
 * the block at once. The time in a header is for people; nothing here reads it, so a wrong clock disturbs nobody.
 */
import type { PeerNetwork, Verdict } from "@neuroshard/network";
import { type DeviceKey, type SignedHeader, verifySignedHeader } from "@neuroshard/protocol";
import type { Chain } from "../chain/chain.ts";

/** An announcement that comes this late is not passed on any more. */
const STALE_BLOCKS = 8;

/** Blocks that follow each other faster are announced by the newest: peers take only so many messages in a second. */
const PAUSE_MS = 100;

/** Publishes the blocks of this node, as their sequencer. Returns how to end it. */
export function announceHeads(network: PeerNetwork, chain: Chain): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  function announce(): void {
    const head = chain.head().signedHeader;
    if (head === undefined) return;
    isDue = false;
    // Nobody may be listening; whoever joins asks for the height.
    network.publish("heads", { head }).catch(() => undefined);
    timer = setTimeout(() => {
      timer = undefined;
      if (isDue) announce();
    }, PAUSE_MS);
  }
  const unsubscribe = chain.subscribe(() => {
    if (timer === undefined) announce();
    else isDue = true;
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}

/** @param heard For headers that the sequencer has signed and that are ahead of the chain. */
export function hearHeads(network: PeerNetwork, chain: Chain, heard: (height: number, from: DeviceKey) => void): void {
  network.subscribe("heads", async ({ head }, from) => {
    const verdict = verdictOf(chain, head);
    if (verdict === "accept" && head.header.height > chain.head().height) heard(head.header.height, from);
    return verdict;
  });
}

function verdictOf(chain: Chain, head: SignedHeader): Verdict {
  const { networkId, sequencer, scheme } = chain;
  if (head.header.height + STALE_BLOCKS < chain.head().height) return "ignore";
  return verifySignedHeader(head, { networkId, sequencer }, scheme) === undefined ? "accept" : "reject";
}
