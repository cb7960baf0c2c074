/** How far the chains of the peers are: asked now and then, for whoever looks at the node. No rule reads it. */
import type { PeerNetwork } from "@neuroshard/network";
import type { DeviceKey } from "@neuroshard/protocol";

const ASK_MS = 10_000;

export class PeerHeads {
  readonly #network: PeerNetwork;
  readonly #heights = new Map<DeviceKey, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(network: PeerNetwork) {
    this.#network = network;
    this.#timer = setInterval(() => this.#askAll(), ASK_MS);
  }

  of(device: DeviceKey): number {
    return this.#heights.get(device) ?? 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #askAll(): void {
    const connected = new Set(this.#network.peers().map(({ device }) => device));
    for (const device of this.#heights.keys()) if (!connected.has(device)) this.#heights.delete(device);
    for (const device of connected) {
      this.#network.request(device, "head", {}).then(
        ({ height }) => this.#heights.set(device, height),
        () => undefined,
      );
    }
  }
}
