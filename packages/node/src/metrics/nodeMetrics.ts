/** All figures of one node, for Prometheus. Each area is a file of this folder; nothing here is made up or guessed. */
import type { TrafficCounts } from "@neuroshard/network";
import type { AccountId } from "@neuroshard/protocol";
import type { NodeView, PeersView } from "@neuroshard/sdk/api";
import { Registry } from "prom-client";
import type { Chain } from "../chain/chain.ts";
import type { RoundMonitor } from "../operation/roundMonitor.ts";
import type { RoundEvent } from "../rounds/roundEvent.ts";
import type { ServedText } from "../serving/textServer.ts";
import { addChainMetrics } from "./chainMetrics.ts";
import { type AnsweredRequest, addHttpMetrics } from "./httpMetrics.ts";
import { addMachineMetrics } from "./machineMetrics.ts";
import { addPeerMetrics } from "./peerMetrics.ts";
import { addRewardMetrics } from "./rewardMetrics.ts";
import { addRoundMetrics } from "./roundMetrics.ts";
import { addServingMetrics } from "./servingMetrics.ts";

export interface MetricSources {
  readonly chain: Chain;
  readonly account: AccountId | undefined;
  readonly monitor: RoundMonitor;
  readonly peers: () => PeersView["peers"];
  readonly traffic: () => TrafficCounts | undefined;
  readonly storage: () => NodeView["storage"];
  readonly serving: () => NodeView["serving"];
}

export class NodeMetrics {
  readonly noteRound: (event: RoundEvent) => void;
  readonly noteRequest: (answered: AnsweredRequest) => void;
  readonly noteText: (text: ServedText) => void;
  readonly #registry = new Registry();
  readonly #ends: readonly (() => void)[];

  constructor({ chain, account, monitor, peers, traffic, storage, serving }: MetricSources) {
    const registry = this.#registry;
    this.noteRound = addRoundMetrics(registry, { state: () => chain.state, monitor });
    this.noteRequest = addHttpMetrics(registry);
    this.noteText = addServingMetrics(registry, serving);
    addPeerMetrics(registry, { peers, traffic });
    this.#ends = [
      addChainMetrics(registry, chain),
      addRewardMetrics(registry, chain, account),
      addMachineMetrics(registry, storage),
    ];
  }

  /** In the text format of Prometheus. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }

  stop(): void {
    for (const end of this.#ends) end();
  }
}
