/**
 * New blocks by announcement: who makes them publishes the signed header, who follows checks its signature and comes for
 * the block at once. The time in a header is for people; nothing here reads it, so a wrong clock disturbs nobody.
 */
import type { PeerNetwork, Verdict } from "@neuroshard/network";
import { type DeviceKey, type SignedHeader, verifySignedHeader } from "@neuroshard/protocol";
import type { Chain } from "../chain/chain.ts";

/** An announcement that comes this late is not passed on any more. */
const STALE_BLOCKS = 8;

/** Publishes each block of this node, as its sequencer. Returns how to end it. */
export function announceHeads(network: PeerNetwork, chain: Chain): () => void {
  return chain.subscribe(({ signedHeader }) => {
    // Nobody may be listening; whoever joins asks for the height.
    network.publish("heads", { head: signedHeader }).catch(() => undefined);
  });
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
