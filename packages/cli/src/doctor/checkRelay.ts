/** Peers, and whether one of them relays for this node. */
import { listPeers } from "@neuroshard/sdk";
import type { Examined, Finding } from "./check.ts";

export async function checkRelay({ node }: Examined): Promise<Finding> {
  if (node === undefined) {
    return { verdict: "unknown", found: "no node is running here", remedy: "start it, then ask again" };
  }
  const { self, peers } = await listPeers(node.client);
  if (self === null)
    return { verdict: "unknown", found: "the node runs without peers", remedy: "start it with --network" };
  const relayed = self.addresses.filter((address) => address.includes("/p2p-circuit")).length;
  const found = `${peers.length} peers, ${relayed} relayed addresses`;
  if (peers.length > 0) return { verdict: "good", found };
  return {
    verdict: "problem",
    found,
    remedy: "name a node of the network with --peer, or fetch its description again",
  };
}
