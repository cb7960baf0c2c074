/** Who comes and goes among the peers, as entries of the log. */
import type { PeerNetwork } from "@neuroshard/network";
import type { Logger } from "./logger.ts";

const SHOWN_DIGITS = 16;

/** Returns how to end it. */
export function logPeers(log: Logger, network: PeerNetwork): () => void {
  let known = new Set<string>();
  return network.onPeers((peers) => {
    const now = new Set<string>(peers.map(({ device }) => device));
    for (const { device, addresses, softwareVersion } of peers) {
      const data = { device, addresses, softwareVersion, peers: now.size };
      if (!known.has(device)) log.info("peers", `connected to ${device.slice(0, SHOWN_DIGITS)}`, data);
    }
    for (const device of known) {
      if (!now.has(device)) log.info("peers", `${device.slice(0, SHOWN_DIGITS)} is gone`, { device, peers: now.size });
    }
    known = now;
  });
}
