/**
 * A private network on one machine: the home of the node that makes the blocks, and one for each node that trains and
 * validates. What `neuroshard up` starts. Its tokens are for trying things out.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Genesis, ONE, type PresetName } from "@neuroshard/protocol";
import { FileBlobStore } from "../blobs/fileBlobStore.ts";
import { genesisPath, initHome, readGenesis, writeGenesis } from "../chain/homeFiles.ts";
import { openHomeAccount } from "../peers/homeAccount.ts";
import { descriptorPath, writeDescriptor } from "../peers/networkDescriptor.ts";
import { prepareNetworkTraining } from "../rounds/prepareNetworkTraining.ts";

export interface LocalNetworkOptions {
  readonly home: string;
  readonly nodes: number;
  /** A text, or "stories". */
  readonly data: string;
  readonly preset: string;
  /** Inner steps until the learning rate has come down. */
  readonly steps: number;
  readonly seed: number;
  readonly createdAtMs: number;
  readonly storageBytes: number;
  /** For measurements: the clock of a new network, and parameters that it starts with beyond those of every local one. */
  readonly clock?: PresetName;
  readonly overrides?: Genesis["overrides"];
}

export interface LocalNetwork {
  readonly genesis: Genesis;
  /** Of the node that makes the blocks. */
  readonly home: string;
  readonly nodeHomes: readonly string[];
}

/** What every node can spend and stake from the start. */
const GRANT = 1000n * ONE;
const BOOTSTRAP_POWER = 100n * ONE;

/** Audits often enough to be seen, and the outer momentum that suits rounds of some dozen steps (docs/adr/0013). */
const OVERRIDES: Genesis["overrides"] = [
  { key: "training.diloco.OUTER_MOMENTUM", value: { kind: "decimal", value: ONE / 2n } },
  { key: "training.audit.AUDIT_PROBABILITY", value: { kind: "decimal", value: ONE / 4n } },
];

function localHomes(home: string, nodes: number): readonly string[] {
  return Array.from({ length: nodes }, (_, index) => join(home, `node-${index + 1}`));
}

/** Opens the one that is there, with as many nodes as it has; makes one where there is none. Throws what its parts throw. */
export async function openLocalNetwork(options: LocalNetworkOptions): Promise<LocalNetwork> {
  const { home } = options;
  const nodeHomes = localHomes(home, options.nodes);
  if (!existsSync(genesisPath(home))) await create(options, nodeHomes);
  const { genesis } = readGenesis(home);
  for (const nodeHome of nodeHomes) {
    if (!existsSync(genesisPath(nodeHome))) await writeGenesis(nodeHome, genesis);
  }
  // One that is there has addresses: a network may be running here.
  const descriptor = descriptorPath(home);
  if (!existsSync(descriptor)) await writeDescriptor(descriptor, { genesis, addresses: [] });
  return { genesis, home, nodeHomes };
}

async function create(options: LocalNetworkOptions, nodeHomes: readonly string[]): Promise<void> {
  const { home, data, preset, steps, seed, createdAtMs, storageBytes } = options;
  const { clock = "devnet", overrides = [] } = options;
  await mkdir(home, { recursive: true });
  const blobs = new FileBlobStore({ folder: join(home, "blobs"), quotaBytes: storageBytes });
  const training = await prepareNetworkTraining(
    { data, preset, seed, steps, engine: undefined, threads: undefined },
    blobs,
  );
  const accounts = [];
  for (const nodeHome of [home, ...nodeHomes]) {
    await mkdir(nodeHome, { recursive: true });
    accounts.push((await openHomeAccount(nodeHome)).key.reveal().account);
  }
  await initHome({
    ...{ home, name: "private", preset: clock, createdAtMs, training, overrides: [...OVERRIDES, ...overrides] },
    allocations: accounts.map((account) => ({ account, amount: GRANT })),
    validators: accounts.slice(1).map((account) => ({ account, power: BOOTSTRAP_POWER })),
  });
}
