/**
 * What a node knows of itself beyond its chain: what it does, what it may use, what is wrong, what it told its log. Parts
 * of the node report to it, the API reads it.
 */
import type { TrafficCounts } from "@neuroshard/network";
import { type AccountId, type DeviceKey, formatAddress, RELEASE_VERSION } from "@neuroshard/protocol";
import type { LimitsChange, LimitsView, NodeView, PeersView } from "@neuroshard/sdk/api";
import type { Chain } from "../chain/chain.ts";
import { hasSequencer } from "../chain/homeFiles.ts";
import { formatVersion } from "../http/views/upgradeView.ts";
import type { NodeLog } from "../logs/openLog.ts";
import { NodeMetrics } from "../metrics/nodeMetrics.ts";
import type { RoundEvent } from "../rounds/roundEvent.ts";
import { AlertBoard } from "./alertBoard.ts";
import { EarningsBook } from "./earningsBook.ts";
import { type Health, HealthWatch } from "./health.ts";
import type { NodeLimits } from "./nodeLimits.ts";
import { RoundCurve } from "./roundCurve.ts";
import { RoundMonitor } from "./roundMonitor.ts";
import { trainingStateView } from "./trainingState.ts";

/** Of a node that takes part in a network of peers. */
export interface OperatedMember {
  readonly device: DeviceKey;
  readonly account: AccountId;
  readonly roles: readonly string[];
  readonly limits: NodeLimits;
  /** Of blobs on the disk. */
  readonly usedBytes: () => number;
  readonly engine: () => EngineFacts | undefined;
  /** Whether what it trains on has dialogues. */
  readonly chats: () => boolean;
}

export interface EngineFacts {
  readonly kind: string;
  readonly threads: number;
}

export type ServingState = NodeView["serving"];

export interface OperationParts {
  readonly chain: Chain;
  readonly log: NodeLog;
  readonly member?: OperatedMember | undefined;
}

const NO_SERVING: ServingState = { active: 0, queued: 0, slots: 0, tokensPerSecond: 0 };

export class NodeOperation {
  readonly log: NodeLog;
  readonly alerts = new AlertBoard(Date.now);
  readonly rounds: RoundMonitor;
  readonly earnings: EarningsBook;
  readonly curve: RoundCurve;
  /** Resolves when somebody asked the node to stop. */
  readonly stopRequested: Promise<void>;
  readonly requestStop: () => void;
  readonly metrics: NodeMetrics;
  /** Of whatever answers with the model; replaced when that has started. */
  serving: () => ServingState = () => NO_SERVING;
  /** Replaced when there are peers. */
  peersView: () => PeersView = () => ({ self: null, peers: [] });
  traffic: () => TrafficCounts | undefined = () => undefined;
  readonly #chain: Chain;
  readonly #member: OperatedMember | undefined;
  readonly #startedAtMs = Date.now();
  readonly #startedMs = performance.now();
  readonly #health = new HealthWatch(() => performance.now());
  readonly #unsubscribe: () => void;

  constructor({ chain, log, member }: OperationParts) {
    const onFault = (error: unknown): void => log.error("chain", "the history cannot be read", { error });
    this.#chain = chain;
    this.#member = member;
    this.log = log;
    this.rounds = new RoundMonitor(member?.device);
    this.earnings = new EarningsBook(chain, onFault);
    this.curve = new RoundCurve(chain, onFault);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.stopRequested = promise;
    this.requestStop = resolve;
    this.metrics = new NodeMetrics({
      ...{ chain, account: member?.account, monitor: this.rounds },
      ...{ peers: () => this.peersView().peers, traffic: () => this.traffic() },
      ...{ storage: () => this.#storage(), serving: () => this.serving() },
    });
    this.#unsubscribe = chain.subscribe(() => this.#health.noteBlock());
  }

  get device(): DeviceKey | undefined {
    return this.#member?.device;
  }

  get roles(): readonly string[] {
    return this.#member?.roles ?? [];
  }

  /** Of the round driver of this node. */
  noteRound(event: RoundEvent): void {
    this.rounds.note(event);
    this.metrics.noteRound(event);
  }

  modelFacts(): { readonly chats: boolean; readonly trainedTokens: number } {
    const { recipe } = this.#chain.state.cells;
    const steps = this.curve.view().rounds.reduce((sum, { workSteps }) => sum + workSteps, 0);
    return {
      chats: this.#member?.chats() ?? false,
      trainedTokens: steps * (recipe?.batch ?? 0) * (recipe?.context ?? 0),
    };
  }

  /** Undefined where the node has no part that they would limit. */
  limits(): LimitsView | undefined {
    return this.#member?.limits.current;
  }

  changeLimits(change: LimitsChange): LimitsView | undefined {
    return this.#member?.limits.change(change);
  }

  health(): Health {
    return this.#health.check(this.#chain.head().height, this.#chain.blockSeconds());
  }

  view(): NodeView {
    const member = this.#member;
    const engine = member?.engine();
    const limits = this.limits();
    return {
      softwareVersion: formatVersion(RELEASE_VERSION),
      network: { id: this.#chain.networkId, name: this.#chain.genesis.name },
      roles: [...this.roles],
      makesBlocks: hasSequencer(this.#chain.home),
      device: member?.device ?? null,
      account: member === undefined ? null : formatAddress(member.account),
      startedAtMs: this.#startedAtMs,
      uptimeSeconds: Math.floor((performance.now() - this.#startedMs) / 1000),
      memory: { residentBytes: process.memoryUsage.rss(), limitBytes: limits?.memoryBytes ?? null },
      storage: this.#storage(),
      threads: { used: engine?.threads ?? 0, limit: limits?.threads ?? 0 },
      engine: { kind: engine?.kind ?? null, features: [] },
      training: this.#trainingState(),
      serving: this.serving(),
      alerts: [...this.alerts.view()],
    };
  }

  stop(): void {
    this.#unsubscribe();
    this.earnings.stop();
    this.curve.stop();
    this.metrics.stop();
  }

  #storage(): NodeView["storage"] {
    return { usedBytes: this.#member?.usedBytes() ?? 0, limitBytes: this.limits()?.storageBytes ?? null };
  }

  #trainingState(): NodeView["training"] {
    const device = this.#member?.device;
    return trainingStateView(this.#chain.state, {
      device,
      isTrainer: this.roles.includes("trainer"),
      isPaused: this.limits()?.isTraining === false,
      progress: device === undefined ? undefined : this.rounds.progressOf(device),
    });
  }
}
