/** Looks at a network from outside: asks the API of every node again and again, and keeps what a gate asserts on. */
import {
  type AccountView,
  type Client,
  getAccount,
  getRound,
  getStatus,
  getSupply,
  listPeers,
  listRounds,
  NeuroError,
  type StatusView,
  type SupplyView,
} from "@neuroshard/sdk";
import type { NodeProcess } from "./nodeProcess.ts";
import type { ProcessNetwork } from "./processNetwork.ts";

type RoundJson = Awaited<ReturnType<typeof listRounds>>["rounds"][number];
type AuditJson = Awaited<ReturnType<typeof getRound>>["audits"][number];

/** A round as the node that makes the blocks had it last. */
export interface SeenRound {
  readonly record: RoundJson;
  readonly audits: readonly AuditJson[];
  /** Of the contributions that were committed to, together. */
  readonly contributionBytes: number;
  /** Weights of its model as each other node answered, by name; nodes that were down are missing. */
  readonly weights: ReadonlyMap<string, string>;
}

interface Holdings {
  readonly first: bigint;
  readonly last: bigint;
}

const POLL_MS = 1000;
const LOOKED_BACK_ROUNDS = 30;

export class Watch {
  readonly rounds = new Map<number, SeenRound>();
  /** Balance, stake and held pay of each node's account, by its name. */
  readonly holdings = new Map<string, Holdings>();
  /** Most peers that a node had, by its name. */
  readonly mostPeers = new Map<string, number>();
  readonly supplies: SupplyView[] = [];
  status: StatusView | undefined;
  readonly #network: ProcessNetwork;
  readonly #onProgress: (what: string) => void;
  #toldRound = 0;

  constructor(network: ProcessNetwork, onProgress: (what: string) => void) {
    this.#network = network;
    this.#onProgress = onProgress;
  }

  get modelRound(): number {
    return this.status?.training?.modelRound ?? 0;
  }

  get height(): number {
    return this.status?.head.height ?? 0;
  }

  /** Looks until `isEnough`, at most so long. Returns whether it was enough. */
  async until(isEnough: () => boolean, mostSeconds: number): Promise<boolean> {
    const endMs = performance.now() + 1000 * mostSeconds;
    for (;;) {
      await this.look();
      if (isEnough()) return true;
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, Math.min(POLL_MS, leftMs)));
    }
  }

  /** A node that does not answer now is asked again the next time. */
  async look(): Promise<void> {
    const { maker, nodes } = this.#network;
    for (const node of nodes) node.readMemory();
    if (maker.client !== undefined) await tolerate(this.#lookAtMaker(maker.client));
    await Promise.all(nodes.map((node) => tolerate(this.#lookAtNode(node))));
    if (this.modelRound === this.#toldRound) return;
    this.#toldRound = this.modelRound;
    const { loss = null, validationLoss = null } = this.status?.training ?? {};
    const losses = [loss === null ? "" : `, loss ${loss.toFixed(4)}`];
    if (validationLoss !== null) losses.push(`, held-out loss ${validationLoss.toFixed(4)}`);
    this.#onProgress(`round ${this.modelRound} done at block ${this.height}${losses.join("")}`);
  }

  async #lookAtMaker(client: Client): Promise<void> {
    this.status = await getStatus(client);
    this.supplies.push(await getSupply(client));
    for (const { place } of this.#network.workers) {
      const owned = ownedBy(await getAccount(client, place.address));
      this.holdings.set(place.name, { first: this.holdings.get(place.name)?.first ?? owned, last: owned });
    }
    const { rounds } = await listRounds(client, { limit: LOOKED_BACK_ROUNDS });
    for (const record of rounds) {
      const number = Number(record.number);
      const known = this.rounds.get(number);
      if (known?.record.accounting === "settled") continue;
      const { audits, commits } = await getRound(client, number);
      const contributionBytes = commits.reduce((sum, { commit }) => sum + Number(commit.deltaBytes), 0);
      this.rounds.set(number, { record, audits, contributionBytes, weights: known?.weights ?? new Map() });
    }
  }

  async #lookAtNode({ place, client }: NodeProcess): Promise<void> {
    if (client === undefined) return;
    const { peers } = await listPeers(client);
    this.mostPeers.set(place.name, Math.max(this.mostPeers.get(place.name) ?? 0, peers.length));
    const { rounds } = await listRounds(client, { limit: LOOKED_BACK_ROUNDS });
    for (const { number, model } of rounds) {
      const seen = this.rounds.get(Number(number));
      if (seen === undefined || model === null || seen.weights.has(place.name)) continue;
      const weights = new Map([...seen.weights, [place.name, model.weights]]);
      this.rounds.set(Number(number), { ...seen, weights });
    }
  }
}

/** All that an account has, whether or not it can spend it now. */
function ownedBy({ balance, stake, held }: AccountView): bigint {
  const unbonding = stake.unbonding.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return BigInt(balance) + BigInt(stake.bonded) + unbonding + BigInt(held);
}

async function tolerate(looking: Promise<void>): Promise<void> {
  try {
    await looking;
  } catch (error) {
    // It starts, stops or was killed just now.
    if (!(error instanceof NeuroError)) throw error;
  }
}
