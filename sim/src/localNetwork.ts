/** A whole network in one process and in virtual time: one chain, and nodes that run what real ones run. */
import { type LinkConditions, MemoryNetwork, type PeerNetwork, VirtualClock } from "@neuroshard/network";
import type { RoundChain, RoundEvent } from "@neuroshard/node";
import {
  type Amount,
  type DeviceKey,
  type Digest,
  type DraftEvent,
  type Genesis,
  ONE,
  overridesOf,
  type ParamOverrides,
  type RoundRecord,
  roundKey,
  type State,
  type TrainingGenesis,
} from "@neuroshard/protocol";
import type { RoundWorker } from "@neuroshard/training";
import { LocalNode, type LocalNodeOptions } from "./localNode.ts";
import { SharedChain } from "./sharedChain.ts";
import { SimBlobs } from "./simBlobs.ts";
import { simKey } from "./simKey.ts";
import { keepDialling, openPeers } from "./simPeers.ts";
import { createSimWorker } from "./simWorker.ts";
import { SmallInnerLoop } from "./smallInnerLoop.ts";

export interface SimulatedNode {
  readonly name: string;
  readonly roles?: LocalNodeOptions["roles"];
  readonly stepMs?: number;
  readonly mostBlobs?: number;
  /** What a false node makes of the honest worker. */
  readonly corrupt?: (worker: RoundWorker, blobs: SimBlobs) => RoundWorker;
  readonly disguise?: (chain: RoundChain) => RoundChain;
}

export interface LocalNetworkOptions {
  /** All of them have validating power and stake; those that join later, too. */
  readonly nodes: readonly SimulatedNode[];
  readonly parameters?: ParamOverrides;
  /** Beside `parameters`. */
  readonly overrides?: Genesis["overrides"];
  readonly latencyMs?: number;
  readonly links?: Partial<Omit<LinkConditions, "latencyMs">>;
  /** Of all that is left to chance on the wire. */
  readonly seed?: number;
  /** That each account stakes when the network begins. */
  readonly stake?: Amount;
}

export interface ToldEvent {
  readonly node: string;
  readonly event: RoundEvent;
}

const PARAMETERS = 64;
const SAMPLES = 4;
const MODEL_SEED = 1;
const DEFAULT_STEP_MS = 500;
const DEFAULT_MOST_BLOBS = 512;
const DEFAULT_LATENCY_MS = 20;
const POWER = 100n * ONE;
const BALANCE = 10_000n * ONE;
const NO_BLOB = { digest: "0".repeat(64) as Digest, bytes: 1 };

export class LocalNetwork {
  readonly clock: VirtualClock;
  readonly chain: SharedChain;
  readonly nodes = new Map<string, LocalNode>();
  readonly events: ToldEvent[] = [];
  /** On the chain. */
  readonly happened: DraftEvent[] = [];
  readonly memory: MemoryNetwork;
  readonly #latencyMs: number;
  /** Each is without the chain and without the others; within a group all goes on. */
  readonly #cutOff = new Set<readonly string[]>();

  private constructor(memory: MemoryNetwork, chain: SharedChain, latencyMs: number) {
    this.memory = memory;
    this.clock = memory.clock;
    this.chain = chain;
    this.#latencyMs = latencyMs;
  }

  /** Nobody has started yet. */
  static async create(options: LocalNetworkOptions): Promise<LocalNetwork> {
    const { nodes, parameters = {}, overrides = [], links = {} } = options;
    const { latencyMs = DEFAULT_LATENCY_MS, stake = 0n, seed = 1 } = options;
    const clock = new VirtualClock();
    const accounts = nodes.map(({ name }) => simKey(name).account);
    const chain = await SharedChain.create({
      clock,
      validators: accounts.map((account) => ({ account, power: POWER })),
      allocations: accounts.map((account) => ({ account, amount: BALANCE })),
      overrides: [...[...overridesOf(parameters)].map(([key, value]) => ({ key, value })), ...overrides],
      training: await trainingOf(clock),
    });
    const memory = new MemoryNetwork({ clock, seed, conditions: { ...links, latencyMs } });
    const network = new LocalNetwork(memory, chain, latencyMs);
    chain.subscribe((_, happened) => network.happened.push(...happened));
    for (const node of nodes) network.#add(node);
    for (const node of stake > 0n ? network.nodes.values() : []) {
      chain.send(node.account, { kind: "stake", amount: stake, lockDays: 1 });
    }
    return network;
  }

  node(name: string): LocalNode {
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(`there is no node ${name}`);
    return node;
  }

  async start(...names: readonly string[]): Promise<void> {
    for (const name of names.length === 0 ? this.nodes.keys() : names) await this.node(name).start();
  }

  get state(): State {
    return this.chain.state;
  }

  round(number: number): RoundRecord {
    const round = this.state.tables.rounds.get(roundKey(number));
    if (round === undefined) throw new Error(`there is no round ${number}`);
    return round;
  }

  /** Until that round is done or has failed. */
  async runThrough(round: number, mostMs = 60_000 * round): Promise<void> {
    const phaseOf = (): string | undefined => this.state.tables.rounds.get(roundKey(round))?.phase;
    await this.runUntil(() => phaseOf() === "done" || phaseOf() === "failed", mostMs);
  }

  async runUntil(isReached: () => boolean, mostMs: number): Promise<void> {
    const isSo = await this.clock.runUntil(isReached, this.clock.nowMs() + mostMs);
    if (!isSo) throw new Error(`not reached in ${mostMs} ms of virtual time`);
  }

  async runFor(ms: number): Promise<void> {
    await this.clock.run(this.clock.nowMs() + ms);
  }

  eventsOf<K extends RoundEvent["kind"]>(name: string, kind: K): readonly Extract<RoundEvent, { kind: K }>[] {
    return this.events
      .filter(({ node, event }) => node === name && event.kind === kind)
      .map(({ event }) => event as Extract<RoundEvent, { kind: K }>);
  }

  /** Their connections to all others, and to who makes blocks, are gone; they run on. Returns how it ends. */
  cutOff(names: readonly string[]): () => void {
    this.#cutOff.add(names);
    this.#applyCuts();
    return () => {
      this.#cutOff.delete(names);
      this.#applyCuts();
    };
  }

  /** Somebody who looks on: no node, and nothing on the chain. */
  guest(device: DeviceKey): { readonly network: PeerNetwork; readonly worker: RoundWorker; readonly blobs: SimBlobs } {
    const blobs = new SimBlobs(DEFAULT_MOST_BLOBS);
    const worker = createSimWorker({ loop: smallLoop(), blobs, clock: this.clock, seed: MODEL_SEED, stepMs: 0 });
    const transport = this.memory.join(device);
    const network = openPeers({ transport, blobs, chain: this.chain, headHeight: () => 0 });
    keepDialling(network, transport.clock, () => this.#addresses());
    return { network, worker, blobs };
  }

  async close(): Promise<void> {
    for (const node of this.nodes.values()) node.kill();
    await this.chain.close();
  }

  #applyCuts(): void {
    const groups = [...this.#cutOff];
    for (const { name, device } of this.nodes.values()) {
      this.chain.setCutOff(
        device,
        groups.some((group) => group.includes(name)),
      );
    }
    this.memory.partition(groups.map((group) => group.map((name) => this.node(name).device)));
  }

  #addresses(): readonly string[] {
    return [...this.nodes.values()].map(({ device }) => `/memory/${device}`);
  }

  #add(simulated: SimulatedNode): void {
    const { memory, chain } = this;
    const { name, roles = ["trainer", "validator"], corrupt, disguise } = simulated;
    const { stepMs = DEFAULT_STEP_MS, mostBlobs = DEFAULT_MOST_BLOBS } = simulated;
    const node: LocalNode = new LocalNode({
      ...{ name, roles, stepMs, mostBlobs, chain, memory, latencyMs: this.#latencyMs },
      worker: (blobs, clock) => {
        const honest = createSimWorker({ loop: smallLoop(), blobs, clock, seed: MODEL_SEED, stepMs });
        return corrupt?.(honest, blobs) ?? honest;
      },
      others: () => this.#addresses().filter((address) => address !== `/memory/${node.device}`),
      onEvent: (event) => this.events.push({ node: name, event }),
      ...(disguise && { disguise }),
    });
    this.nodes.set(name, node);
  }
}

function smallLoop(): SmallInnerLoop {
  return new SmallInnerLoop({ parameterCount: PARAMETERS, samplesPerStep: SAMPLES });
}

async function trainingOf(clock: VirtualClock): Promise<TrainingGenesis> {
  const blobs = new SimBlobs(2);
  const worker = createSimWorker({ loop: smallLoop(), blobs, clock, seed: MODEL_SEED, stepMs: 0 });
  return {
    ...{ preset: "tiny", vocabularySize: 320, seed: MODEL_SEED, mode: "f32", batch: SAMPLES, context: 1 },
    ...{ learningRateNano: 1, schedule: "constant", warmUpSteps: 0, scheduledSteps: 0 },
    ...{ tokenizer: NO_BLOB, trainTokens: NO_BLOB, validationTokens: NO_BLOB, tokenBytes: 2 },
    ...{ model: await worker.initialModel(), parameters: PARAMETERS },
  };
}
