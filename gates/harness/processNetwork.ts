/** A private network in a folder of its own: the node that makes the blocks, and those that train, each a process with an API. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { descriptorPath, openHomeAccount, openLocalNetwork } from "@neuroshard/node";
import { formatAddress, type Genesis, type PresetName } from "@neuroshard/protocol";
import { NodeProcess } from "./nodeProcess.ts";

export interface ProcessNetworkOptions {
  readonly nodes: number;
  readonly preset: string;
  /** A text, or "stories". */
  readonly data: string;
  /** Inner steps until the learning rate has come down. */
  readonly steps: number;
  /** What the nodes do beside the one that makes the blocks, with commas between. */
  readonly roles: string;
  readonly overrides?: Genesis["overrides"];
  /** Whose durations the rules count in; `devnet` where nothing is said. */
  readonly clock?: PresetName;
  /** Between two blocks; the clock's own where nothing is said. */
  readonly blockMs?: number;
}

const LOOPBACK = "/ip4/127.0.0.1/tcp/0";
const SEED = 1;
const STORAGE_GB = 4;
const BYTES_PER_GB = 1e9;

export class ProcessNetwork {
  readonly genesis: Genesis;
  /** Makes the blocks, keeps the model, trains nothing. */
  readonly maker: NodeProcess;
  readonly workers: readonly NodeProcess[];
  readonly #home: string;
  readonly #options: ProcessNetworkOptions;

  private constructor(
    genesis: Genesis,
    nodes: { readonly maker: NodeProcess; readonly workers: readonly NodeProcess[] },
    options: ProcessNetworkOptions,
  ) {
    this.genesis = genesis;
    this.maker = nodes.maker;
    this.workers = nodes.workers;
    this.#home = nodes.maker.place.home;
    this.#options = options;
  }

  /** Nothing runs yet. */
  static async create(options: ProcessNetworkOptions): Promise<ProcessNetwork> {
    const { nodes, preset, data, steps, overrides = [], clock = "devnet" } = options;
    const home = await mkdtemp(join(tmpdir(), "neuroshard-gate-"));
    const made = { seed: SEED, createdAtMs: Date.now(), storageBytes: STORAGE_GB * BYTES_PER_GB };
    try {
      const { genesis, nodeHomes } = await openLocalNetwork({
        ...{ home, nodes, preset, data, steps, overrides, clock },
        ...made,
      });
      const maker = new NodeProcess(await placeOf("maker", home));
      const places = await Promise.all(nodeHomes.map((each, index) => placeOf(`node ${index + 1}`, each)));
      const workers = places.map((place) => new NodeProcess(place));
      return new ProcessNetwork(genesis, { maker, workers }, options);
    } catch (error) {
      await rm(home, { recursive: true, force: true });
      throw error;
    }
  }

  get nodes(): readonly NodeProcess[] {
    return [this.maker, ...this.workers];
  }

  async start(): Promise<void> {
    const { blockMs } = this.#options;
    const pace = blockMs === undefined ? [] : ["--block-ms", String(blockMs)];
    await this.maker.start(["--listen", LOOPBACK, "--local", "--role", "observer", ...pace, ...size()]);
    await Promise.all(this.workers.map((worker) => this.startWorker(worker)));
  }

  async startWorker(worker: NodeProcess): Promise<void> {
    const network = ["--network", descriptorPath(this.#home), "--local"];
    await worker.start([...network, "--role", this.#options.roles, ...size()]);
  }

  /** The one that makes the blocks last, so that the others can still send what they owe. */
  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.end("SIGTERM")));
    await this.maker.end("SIGTERM");
  }

  /** Stops it and forgets all of it. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#home, { recursive: true, force: true });
  }
}

function size(): readonly string[] {
  return ["--threads", "1", "--storage", String(STORAGE_GB)];
}

async function placeOf(name: string, home: string) {
  const { key } = await openHomeAccount(home);
  return { name, home, address: formatAddress(key.reveal().account) };
}
