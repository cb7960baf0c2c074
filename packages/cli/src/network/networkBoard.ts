/** What is known of a running local network, put together from the lines of its nodes and the answers of the first one. */
import type { RoundNews, RunningNode } from "@neuroshard/node";
import { type Client, createClient, getAccount, getStatus, listPeers } from "@neuroshard/sdk";
import type { LossPoint } from "../training/lossCurve.ts";
import type { NetworkStatus, NodeStatus } from "./networkStatus.ts";

type DeviceProgress = Parameters<RunningNode["noteProgress"]>[0];
/** As the node of a child prints it. */
type ProgressLine = Extract<RoundNews, { readonly kind: "progress" }>;
type Event = Readonly<Record<string, unknown>>;

interface NodeEntry {
  readonly name: string;
  readonly address: string;
  processId: number | undefined;
  device: DeviceProgress["device"] | undefined;
  listens: string | undefined;
  /** Its own HTTP API. */
  client: Client | undefined;
  phase: string;
  stepsDone: number;
  steps: number;
  tokensPerSecond: number;
  balance: bigint;
  held: bigint;
  peers: number;
}

export interface BoardNode {
  readonly name: string;
  /** Of its account. */
  readonly address: string;
}

export class NetworkBoard {
  readonly #client: Client;
  readonly #name: string;
  readonly #url: string;
  readonly #nodes: readonly NodeEntry[];
  readonly #losses: LossPoint[] = [];
  #training: Awaited<ReturnType<typeof getStatus>>["training"] = null;
  #height = 0;

  constructor(client: Client, network: { readonly name: string; readonly url: string }, nodes: readonly BoardNode[]) {
    this.#client = client;
    this.#name = network.name;
    this.#url = network.url;
    this.#nodes = nodes.map(({ name, address }) => ({
      ...{ name, address, processId: undefined, device: undefined, listens: undefined, client: undefined },
      ...{ phase: "starting" },
      ...{ stepsDone: 0, steps: 0, tokensPerSecond: 0, balance: 0n, held: 0n, peers: 0 },
    }));
  }

  setProcess(index: number, processId: number | undefined): void {
    const node = this.#nodes[index]!;
    node.processId = processId;
    if (processId !== undefined) return;
    Object.assign(node, { phase: "down", stepsDone: 0, steps: 0, tokensPerSecond: 0, peers: 0, client: undefined });
  }

  /** A line of a node's output. */
  note(index: number, event: Event): void {
    const node = this.#nodes[index]!;
    switch (event.event) {
      case "ready":
        node.phase = "joins";
        node.device = String(event.device) as DeviceProgress["device"];
        node.client = createClient({ baseUrl: String(event.url) });
        node.listens = String((event.addresses as readonly unknown[] | undefined)?.[0]);
        break;
      case "phase":
        node.phase = `${event.phase}`;
        if (event.phase === "train") Object.assign(node, { stepsDone: 0, steps: 0 });
        break;
      case "progress":
        Object.assign(node, {
          phase: "train",
          stepsDone: event.steps,
          steps: event.of,
          tokensPerSecond: event.tokensPerSecond,
        });
        break;
      case "committed":
        Object.assign(node, { phase: "committed", stepsDone: node.steps });
        break;
      default:
    }
  }

  /** What the first node should know of a step of another one. Undefined before that has told its device. */
  progressOf(index: number, event: Event): DeviceProgress | undefined {
    const { device, name } = this.#nodes[index]!;
    if (device === undefined) return undefined;
    const { round, slot, steps, of, loss, tokensPerSecond } = event as unknown as ProgressLine;
    return { ...{ device, name, round, slot }, stepsDone: steps, stepsOf: of, loss, tokensPerSecond };
  }

  /** Asks the first node; what it does not answer stays as it was. */
  async refresh(): Promise<void> {
    const status = await getStatus(this.#client);
    this.#height = status.head.height;
    this.#training = status.training;
    this.#noteLoss();
    for (const node of this.#nodes) {
      const { balance, held } = await getAccount(this.#client, node.address);
      node.balance = BigInt(balance);
      node.held = BigInt(held);
      if (node.client !== undefined) node.peers = await countPeers(node.client);
    }
  }

  status(): NetworkStatus {
    const { round = 0, phase = "idle", modelRound = 0, modelDigest, validationLoss = null } = this.#training ?? {};
    return {
      ...{ name: this.#name, url: this.#url, height: this.#height, round, phase, modelRound, modelDigest },
      validationLoss: validationLoss ?? undefined,
      losses: this.#losses,
      nodes: this.#nodes.map((node): NodeStatus => this.#statusOf(node)),
    };
  }

  #statusOf(node: NodeEntry): NodeStatus {
    const { name, processId, phase, stepsDone, steps, tokensPerSecond, balance, held, listens } = node;
    return {
      ...{ name, processId, address: listens, account: node.address, phase, stepsDone, steps, tokensPerSecond },
      ...{ peers: node.peers, balance, held },
    };
  }

  #noteLoss(): void {
    const { modelRound = 0, loss = null } = this.#training ?? {};
    if (loss === null || this.#losses.at(-1)?.step === modelRound) return;
    this.#losses.push({ step: modelRound, loss });
  }
}

/** 0 of one that does not answer: it may have died a moment ago. */
async function countPeers(client: Client): Promise<number> {
  try {
    return (await listPeers(client)).peers.length;
  } catch {
    return 0;
  }
}
