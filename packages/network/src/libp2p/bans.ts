/** Who is neither dialled nor let in: peers that were sent away, until their time is over, and whoever is no device. */
import type { ConnectionGater, PeerId } from "@libp2p/interface";
import { realClock } from "../realClock.ts";
import { deviceOfPeerId } from "./peerNames.ts";

export class Bans {
  readonly #untilMs = new Map<string, number>();

  add(peer: PeerId, forMs: number): void {
    const nowMs = realClock.nowMs();
    for (const [name, untilMs] of this.#untilMs) if (untilMs <= nowMs) this.#untilMs.delete(name);
    if (forMs > 0) this.#untilMs.set(peer.toString(), nowMs + forMs);
  }

  has(peer: PeerId): boolean {
    return (this.#untilMs.get(peer.toString()) ?? 0) > realClock.nowMs();
  }

  /** Private addresses are not refused: networks at home and on one machine are networks too. */
  gater(): ConnectionGater {
    return {
      denyDialPeer: (peer) => this.has(peer),
      denyDialMultiaddr: () => false,
      denyInboundEncryptedConnection: (peer) => deviceOfPeerId(peer) === undefined || this.has(peer),
    };
  }
}
