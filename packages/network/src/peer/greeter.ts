/**
 * Greetings: on each new connection both sides ask the other for its network and its version, and whoever does not fit is
 * told why and left. Whoever is asked learns as much as whoever asks. Spec: spec/network.md#N4.
 */
import type { DeviceKey, Digest } from "@neuroshard/protocol";
import { NetworkError } from "../networkError.ts";
import type { Offence } from "../peerNetwork.ts";
import type { RequestOf } from "../protocols.ts";
import type { Clock } from "../transport.ts";
import { unlessAborted } from "./deadline.ts";
import { PEER_LIMITS } from "./peerLimits.ts";

export type Hello = RequestOf<"hello">;

/** What this node says of itself. */
export interface OwnHello {
  readonly networkId: Digest;
  readonly protocolVersion: number;
  /** Peers with an earlier one are left; absent: `protocolVersion`. */
  readonly oldestProtocolVersion?: number;
  readonly softwareVersion: string;
  readonly headHeight: () => number;
}

export interface GreeterPorts {
  readonly clock: Clock;
  readonly device: DeviceKey;
  readonly own: OwnHello;
  ask(peer: DeviceKey, hello: Hello): Promise<Hello>;
  isConnected(peer: DeviceKey): boolean;
  report(peer: DeviceKey, offence: Offence): void;
  disconnect(peer: DeviceKey, banMs: number): void;
  /** The set of greeted peers is another one. */
  onChange(): void;
  onProblem(problem: unknown, peer: DeviceKey): void;
}

interface Acquaintance {
  /** Absent until it has been found to fit. */
  hello?: Hello;
  /** It does not fit and will be left. */
  isLeaving?: true;
  readonly met: PromiseWithResolvers<void>;
  /** Settled when it has answered as well. */
  asked: Promise<void>;
}

export class Greeter {
  readonly #ports: GreeterPorts;
  readonly #acquaintances = new Map<DeviceKey, Acquaintance>();

  constructor(ports: GreeterPorts) {
    this.#ports = ports;
  }

  greeted(): ReadonlyMap<DeviceKey, Hello> {
    const greeted = new Map<DeviceKey, Hello>();
    for (const [peer, { hello }] of this.#acquaintances) if (hello !== undefined) greeted.set(peer, hello);
    return greeted;
  }

  /** Resolves once both sides are content. Throws NetworkError WRONG_NETWORK, OLD_PROTOCOL, TOO_SLOW or UNREACHABLE. */
  async meet(peer: DeviceKey): Promise<void> {
    const acquaintance = this.#acquaintanceOf(peer);
    await acquaintance.met.promise;
    await acquaintance.asked;
  }

  /** Waits for a greeting that is under way. Throws the signal's reason as soon as it is aborted. */
  async isGreeted(peer: DeviceKey, signal?: AbortSignal): Promise<boolean> {
    try {
      await unlessAborted(signal, this.#acquaintanceOf(peer).met.promise);
      return true;
    } catch {
      signal?.throwIfAborted();
      return false;
    }
  }

  /** The answer to the greeting of a peer. Throws NetworkError WRONG_NETWORK or OLD_PROTOCOL. */
  async answer(hello: Hello, from: DeviceKey): Promise<Hello> {
    // It may be faster than the news of its connection.
    void this.isGreeted(from);
    const acquaintance = this.#acquaintances.get(from);
    if (acquaintance !== undefined) this.#learn(from, acquaintance, hello);
    return this.#ownHello();
  }

  forget(peer: DeviceKey): void {
    const acquaintance = this.#acquaintances.get(peer);
    if (acquaintance === undefined) return;
    this.#acquaintances.delete(peer);
    acquaintance.met.reject(gone(peer));
    if (acquaintance.hello !== undefined) this.#ports.onChange();
  }

  #acquaintanceOf(peer: DeviceKey): Acquaintance {
    if (!this.#ports.isConnected(peer)) throw gone(peer);
    let acquaintance = this.#acquaintances.get(peer);
    if (acquaintance === undefined) {
      acquaintance = { met: Promise.withResolvers(), asked: Promise.resolve() };
      acquaintance.met.promise.catch(() => undefined);
      this.#acquaintances.set(peer, acquaintance);
      acquaintance.asked = this.#greet(peer, acquaintance);
      acquaintance.asked.catch(() => undefined);
    }
    return acquaintance;
  }

  /** Throws what makes the peer leave. */
  async #greet(peer: DeviceKey, acquaintance: Acquaintance): Promise<void> {
    try {
      const hello = await this.#ports.ask(peer, this.#ownHello());
      this.#learn(peer, acquaintance, hello);
    } catch (error) {
      // Whoever has greeted by itself need not answer as well.
      if (acquaintance.hello !== undefined && !isMisfit(error)) return;
      this.#leave(peer, acquaintance, error);
      throw error;
    }
  }

  #learn(peer: DeviceKey, acquaintance: Acquaintance, hello: Hello): void {
    const misfit = this.#misfitOf(hello, peer);
    if (misfit !== undefined) {
      this.#leave(peer, acquaintance, misfit);
      throw misfit;
    }
    if (acquaintance.isLeaving || this.#acquaintances.get(peer) !== acquaintance) return;
    const isNew = acquaintance.hello === undefined;
    acquaintance.hello = hello;
    acquaintance.met.resolve();
    if (isNew) this.#ports.onChange();
  }

  #misfitOf(hello: Hello, peer: DeviceKey): NetworkError | undefined {
    const { networkId, protocolVersion, oldestProtocolVersion = protocolVersion } = this.#ports.own;
    const { device } = this.#ports;
    // Names for both sides: the error is shown at either end.
    const name = peer.slice(0, 12);
    const self = device.slice(0, 12);
    if (hello.networkId !== networkId) {
      const values = `${self} is of network ${networkId.slice(0, 16)}, ${name} of ${hello.networkId.slice(0, 16)}`;
      return new NetworkError("WRONG_NETWORK", `${values}; use the descriptor of the same network`);
    }
    if (hello.protocolVersion < oldestProtocolVersion) {
      const values = `${self} needs protocol ${oldestProtocolVersion}, ${name} has ${hello.protocolVersion}`;
      return new NetworkError("OLD_PROTOCOL", `${values}; update ${name}`);
    }
    return undefined;
  }

  #leave(peer: DeviceKey, acquaintance: Acquaintance, error: unknown): void {
    if (acquaintance.isLeaving) return;
    acquaintance.isLeaving = true;
    const wasGreeted = acquaintance.hello !== undefined;
    delete acquaintance.hello;
    acquaintance.met.reject(error);
    if (wasGreeted) this.#ports.onChange();
    if (!this.#ports.isConnected(peer)) return;
    const { clock, report, disconnect, onProblem } = this.#ports;
    onProblem(error, peer);
    // It is asking us at this moment, and hears why.
    clock.after(PEER_LIMITS.goodbyeMs, () => {
      if (error instanceof NetworkError && error.code === "WRONG_NETWORK") report(peer, "wrong-network");
      else if (error instanceof NetworkError && error.code === "OLD_PROTOCOL") report(peer, "old-protocol");
      else disconnect(peer, PEER_LIMITS.noGreetingBanMs);
    });
  }

  #ownHello(): Hello {
    const { networkId, protocolVersion, softwareVersion, headHeight } = this.#ports.own;
    return { networkId, protocolVersion, softwareVersion, headHeight: headHeight() };
  }
}

function isMisfit(error: unknown): boolean {
  return error instanceof NetworkError && (error.code === "WRONG_NETWORK" || error.code === "OLD_PROTOCOL");
}

function gone(peer: DeviceKey): NetworkError {
  return new NetworkError("UNREACHABLE", `peer ${peer.slice(0, 12)} is not connected; dial one of its addresses`);
}
