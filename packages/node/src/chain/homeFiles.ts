/**
 * What a node's home holds beside its chain: `genesis.json`, which everybody of the network has, and `sequencer.json`,
 * the wallet of whoever signs the blocks.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  figuresOf,
  type Genesis,
  type GenesisProblem,
  genesis as genesisCodec,
  genesisState,
  hexToBytes,
  type PresetName,
  parseJson,
  type State,
} from "@neuroshard/protocol";
import { readFault, systemCode, writeFault } from "../data/fileFault.ts";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import { NodeError } from "../nodeError.ts";
import { createWallet, readWallet, type Wallet } from "../wallet/walletFile.ts";

const GENESIS_FORMAT = 2;
const GENESIS_FILE = "genesis.json";
const CHAIN_FILE = "chain.db";
const SEQUENCER_FILE = "sequencer.json";

export interface NewNetwork {
  readonly home: string;
  readonly name: string;
  readonly preset: PresetName;
  readonly allocations: Genesis["allocations"];
  readonly overrides?: Genesis["overrides"];
  readonly createdAtMs: number;
  /** Validators from the first block on. */
  readonly validators?: Genesis["validators"];
  /** Without it the network keeps accounts and trains nothing. */
  readonly training?: Genesis["training"];
}

export interface CreatedNetwork {
  readonly genesis: Genesis;
  readonly sequencer: Wallet;
}

export function genesisPath(home: string): string {
  return join(home, GENESIS_FILE);
}

export function chainPath(home: string): string {
  return join(home, CHAIN_FILE);
}

/** A network of one's own. Throws NodeError EXISTS or BAD_GENESIS, and DataError CANNOT_WRITE. */
export async function initHome(network: NewNetwork): Promise<CreatedNetwork> {
  const { home, name, preset, allocations, overrides = [], createdAtMs } = network;
  const { validators = [], training = null } = network;
  refuseExisting(home);
  const walletPath = join(home, SEQUENCER_FILE);
  // Left by an attempt that was interrupted: its genesis was never written, so nobody knows the key yet.
  const sequencer = existsSync(walletPath) ? await readWallet(walletPath) : await createWallet(walletPath);
  const publicKey = hexToBytes(sequencer.publicKey);
  const base = { format: GENESIS_FORMAT, name, preset, createdAtMs };
  const genesis: Genesis = { ...base, sequencer: publicKey, overrides, allocations, validators, training };
  await writeGenesis(home, genesis);
  return { genesis, sequencer };
}

/** Joins a network of others. Throws NodeError EXISTS or BAD_GENESIS, and DataError CANNOT_WRITE. */
export async function writeGenesis(home: string, genesis: Genesis): Promise<void> {
  refuseExisting(home);
  firstState(genesis, "the genesis");
  try {
    await mkdir(home, { recursive: true });
  } catch (error) {
    throw writeFault(error, home);
  }
  const text = `${JSON.stringify(genesisCodec.toJson(genesis), null, 2)}\n`;
  await writeFileAtomically(genesisPath(home), text, { isNew: true });
}

export interface LoadedGenesis {
  readonly genesis: Genesis;
  /** Before the first block. */
  readonly state: State;
}

/** Throws NodeError NO_NETWORK or BAD_GENESIS. */
export function readGenesis(home: string): LoadedGenesis {
  const path = genesisPath(home);
  const json = readJson(path, home);
  refuseOtherFormat(json, path);
  const parsed = parseJson(genesisCodec, json);
  if (!parsed.ok) throw badGenesis(path, `${parsed.path} ${parsed.reason}`);
  return { genesis: parsed.value, state: firstState(parsed.value, path) };
}

/** Throws what `readWallet` throws. */
export async function readSequencer(home: string): Promise<Wallet> {
  return await readWallet(join(home, SEQUENCER_FILE));
}

export function hasSequencer(home: string): boolean {
  return existsSync(join(home, SEQUENCER_FILE));
}

function refuseExisting(home: string): void {
  for (const file of [GENESIS_FILE, CHAIN_FILE]) {
    const path = join(home, file);
    if (existsSync(path)) throw new NodeError("EXISTS", `${path} exists; choose another home, or start that network`);
  }
}

function readJson(path: string, home: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw badGenesis(path, "it is no JSON");
    if (systemCode(error) !== "ENOENT") throw readFault(error, path);
    throw new NodeError("NO_NETWORK", `${home} holds no network; make one with \`neuroshard init\``);
  }
}

/** Before its fields are read: those of another format are others, and complaints about them would help nobody. */
function refuseOtherFormat(json: unknown, path: string): void {
  const format = (json as { readonly format?: unknown } | null)?.format;
  if (typeof format !== "number" || format === GENESIS_FORMAT) return;
  throw new NodeError(
    "BAD_GENESIS",
    `${path} has format ${format} and this release reads format ${GENESIS_FORMAT}; use the release that made it, or make a new network with \`neuroshard init\` in another home`,
  );
}

function firstState(genesis: Genesis, place: string): State {
  const made = genesisState(genesis);
  if (made.ok) return made.value;
  throw badGenesis(place, describe(made.problem));
}

function describe(problem: GenesisProblem): string {
  const { code, figures } = figuresOf(problem);
  return [code, ...figures.map(({ name, value }) => `${name} ${value}`)].join(", ");
}

function badGenesis(place: string, reason: string): NodeError {
  return new NodeError(
    "BAD_GENESIS",
    `${place} begins no network (${reason}); correct it, or get it again from its source`,
  );
}
