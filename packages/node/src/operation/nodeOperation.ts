/**
 * What a node knows of itself beyond its chain: what it does, what it may use, what is wrong, what it told its log. Parts
 * of the node report to it, the API reads it.
 */
import { type DeviceKey, formatAddress, RELEASE_VERSION } from "@neuroshard/protocol";
import type { LimitsChange, LimitsView, NodeView } from "@neuroshard/sdk/api";
import type { Chain } from "../chain/chain.ts";
import { hasSequencer } from "../chain/homeFiles.ts";
import { formatVersion } from "../http/views/upgradeView.ts";
import { logEarnings } from "../logs/logEarnings.ts";
import type { LogComponent } from "../logs/logger.ts";
import { logPeers } from "../logs/logPeers.ts";
import { logRoundEvent } from "../logs/logRoundEvent.ts";
import type { NodeLog } from "../logs/openLog.ts";
import { NodeMetrics } from "../metrics/nodeMetrics.ts";
import type { Joined, Membership } from "../peers/membership.ts";
import type { RoundEvent } from "../rounds/roundEvent.ts";
import type { ServingView } from "../serving/startServing.ts";
import { AlertBoard } from "./alertBoard.ts";
import { cpuFeatures } from "./cpuFeatures.ts";
import { describeDemand } from "./describeDemand.ts";
import { EarningsBook } from "./earningsBook.ts";
import { type Health, HealthWatch } from "./health.ts";
import { RoundCurve } from "./roundCurve.ts";
import { RoundMonitor } from "./roundMonitor.ts";
import { updateStandingAlerts } from "./standingAlerts.ts";
import { trainingStateView } from "./trainingState.ts";

export interface OperationParts {
  readonly chain: Chain;
  readonly log: NodeLog;
  /** Of a node that takes part in a network of peers. */
  readonly membership?: Membership | undefined;
}

const NO_SERVING = { active: 0, queued: 0, slots: 0, tokensPerSecond: 0 };
const NO_LIMITS = { memoryBytes: null, storageBytes: null, threads: 0 };
/** What went wrong once stands so long. */
const TROUBLE_MS = 600_000;

export class NodeOperation {
  readonly log: NodeLog;
  readonly alerts = new AlertBoard(Date.now);
  readonly rounds: RoundMonitor;
  readonly earnings: EarningsBook;
  readonly curve: RoundCurve;
  readonly metrics: NodeMetrics;
  /** Resolves when somebody asked the node to stop. */
  readonly stopRequested: Promise<void>;
  readonly requestStop: () => void;
  readonly #chain: Chain;
  readonly #membership: Membership | undefined;
  readonly #startedAtMs = Date.now();
  readonly #startedMs = performance.now();
  readonly #health = new HealthWatch(() => performance.now());
  readonly #ends: (() => void)[] = [];
  #joined: Joined | undefined;
  #serving: ServingView | undefined;

  constructor({ chain, log, membership }: OperationParts) {
    const onFault = (error: unknown): void => log.error("chain", "the history cannot be read", { error });
    this.#chain = chain;
    this.#membership = membership;
    this.log = log;
    this.rounds = new RoundMonitor(membership?.identity.device);
    this.earnings = new EarningsBook(chain, onFault);
    this.curve = new RoundCurve(chain, onFault);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.stopRequested = promise;
    this.requestStop = resolve;
    const account = membership?.account.key.reveal().account;
    this.metrics = new NodeMetrics({
      ...{ chain, account, monitor: this.rounds },
      ...{ peers: () => this.#joined?.peers.view().peers ?? [], traffic: () => this.#joined?.peers.network.traffic() },
      ...{ storage: () => this.#storage(), serving: () => this.#servingState() },
    });
    this.#ends.push(chain.subscribe(() => this.#health.noteBlock()));
    if (account !== undefined) this.#ends.push(logEarnings(log, chain, account));
  }

  get device(): DeviceKey | undefined {
    return this.#membership?.identity.device;
  }

  get roles(): readonly string[] {
    return this.#membership?.options.roles ?? [];
  }

  /** It has peers. */
  attachPeers(joined: Joined): void {
    this.#joined = joined;
    this.#ends.push(logPeers(this.log, joined.peers.network));
  }

  /** It writes texts. */
  attachServing(serving: ServingView): void {
    this.#serving = serving;
    this.#ends.push(serving.onServed((text) => this.metrics.noteText(text)));
  }

  /** Of the round driver of this node. */
  noteRound(event: RoundEvent): void {
    this.rounds.note(event);
    this.metrics.noteRound(event);
    logRoundEvent(this.log, event);
    if (event.kind === "trouble") this.#raiseTrouble("rounds", event.message);
    if (event.kind !== "disagreement") return;
    const message = `the network finalised another model for round ${event.round} than this machine computed; run \`neuroshard bench\``;
    this.alerts.raise({ topic: "disagreement", severity: "error", message });
  }

  /** What does not stop the node. */
  noteTrouble(component: LogComponent, message: string): void {
    this.log.warn(component, message);
    this.#raiseTrouble(component, message);
  }

  /** Undefined where the node has no part that they would limit. */
  limits(): LimitsView | undefined {
    return this.#membership?.limits.current;
  }

  changeLimits(change: LimitsChange): LimitsView | undefined {
    const limits = this.#membership?.limits.change(change);
    if (limits !== undefined) this.log.info("node", "the limits were changed", { ...limits });
    return limits;
  }

  health(): Health {
    return this.#health.check(this.#chain.head().height, this.#chain.blockSeconds());
  }

  modelFacts(): { readonly chats: boolean; readonly trainedTokens: number } {
    const { recipe } = this.#chain.state.cells;
    const steps = this.curve.view().rounds.reduce((sum, { workSteps }) => sum + workSteps, 0);
    const trainedTokens = steps * (recipe?.batch ?? 0) * (recipe?.context ?? 0);
    return { chats: this.#serving?.chats ?? false, trainedTokens };
  }

  view(): NodeView {
    const { memoryBytes, threads } = this.limits() ?? NO_LIMITS;
    const engine = this.#joined?.engine();
    this.#updateAlerts();
    return {
      softwareVersion: formatVersion(RELEASE_VERSION),
      network: { id: this.#chain.networkId, name: this.#chain.genesis.name },
      roles: [...this.roles],
      makesBlocks: hasSequencer(this.#chain.home),
      ...this.#identity(),
      startedAtMs: this.#startedAtMs,
      uptimeSeconds: this.#uptimeSeconds(),
      memory: { residentBytes: process.memoryUsage.rss(), limitBytes: memoryBytes },
      storage: this.#storage(),
      threads: { used: engine?.threads ?? 0, limit: threads },
      engine: { kind: engine?.kind ?? null, features: engine === undefined ? [] : [...cpuFeatures()] },
      training: this.#trainingState(),
      serving: this.#servingState(),
      alerts: [...this.alerts.view()],
    };
  }

  stop(): void {
    for (const end of this.#ends) end();
    this.earnings.stop();
    this.curve.stop();
    this.metrics.stop();
  }

  #raiseTrouble(topic: LogComponent, message: string): void {
    const endMs = Date.now() + TROUBLE_MS;
    this.alerts.raise({ topic, severity: "warning", message, isOver: () => Date.now() > endMs });
  }

  #updateAlerts(): void {
    updateStandingAlerts(this.alerts, {
      problem: this.health().problem,
      peers: this.#joined?.peers.network.peers().length,
      makesBlocks: hasSequencer(this.#chain.home),
      uptimeSeconds: this.#uptimeSeconds(),
      isStorageFull: this.#membership?.blobs.isFull ?? false,
      isLogBroken: this.log.isFileBroken,
      demand: describeDemand(this.#chain.state),
    });
  }

  #identity(): Pick<NodeView, "device" | "account"> {
    const membership = this.#membership;
    if (membership === undefined) return { device: null, account: null };
    const { account, identity } = membership;
    return { device: identity.device, account: formatAddress(account.key.reveal().account) };
  }

  #uptimeSeconds(): number {
    return Math.floor((performance.now() - this.#startedMs) / 1000);
  }

  #storage(): NodeView["storage"] {
    const { storageBytes } = this.limits() ?? NO_LIMITS;
    return { usedBytes: this.#membership?.blobs.usedBytes ?? 0, limitBytes: storageBytes };
  }

  #servingState(): NodeView["serving"] {
    if (this.#serving === undefined) return NO_SERVING;
    const { active, queued, slots, tokensPerSecond } = this.#serving.load;
    return { active, queued, slots, tokensPerSecond };
  }

  #trainingState(): NodeView["training"] {
    const { device } = this;
    return trainingStateView(this.#chain.state, {
      device,
      isTrainer: this.roles.includes("trainer"),
      isPaused: this.limits()?.isTraining === false,
      progress: device === undefined ? undefined : this.rounds.progressOf(device),
    });
  }
}
