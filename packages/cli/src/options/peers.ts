/** Options of a node that takes part in a network of peers: what it does, where it listens, how much of the machine it may use. */
import { availableParallelism, totalmem } from "node:os";
import { NODE_ROLES, type NodeRole, type PeerOptions } from "@neuroshard/node";
import { Option } from "commander";
import { UsageProblem } from "../usageProblem.ts";
import { nameOption, wholeNumberOption } from "./option.ts";

export interface PeerFlags {
  readonly network?: string;
  readonly role: readonly NodeRole[];
  readonly threads?: number;
  readonly memory?: number;
  readonly storage: number;
  readonly listen: readonly string[];
  readonly peer: readonly string[];
  readonly swarmKey?: string;
  readonly local?: true;
}

const MOST_THREADS = 64;
const DEFAULT_STORAGE_GB = 20;
const BYTES_PER_GB = 1e9;
const BYTES_PER_MB = 1e6;
const ANY_ADDRESS = "/ip4/0.0.0.0/tcp/0";
const LOOPBACK = "/ip4/127.0.0.1/tcp/0";

export function peerOptions(): Option[] {
  return [
    nameOption("--network <place>", "take part in this network: its description, a node or a home of it"),
    new Option("--role <names>", `what the device does, with commas between (${NODE_ROLES.join(", ")})`)
      .argParser(readRoles)
      .default(["trainer", "validator"]),
    wholeNumberOption("--threads <count>", "threads to train with", { least: 1, most: MOST_THREADS }),
    wholeNumberOption("--memory <mb>", "memory that the device offers", { least: 64, most: 100_000_000 }),
    wholeNumberOption("--storage <gb>", "room for models and contributions", { least: 1, most: 1_000_000 }).default(
      DEFAULT_STORAGE_GB,
    ),
    listOption("--listen <address>", `multiaddress to listen at; ${ANY_ADDRESS} if not given`),
    listOption("--peer <address>", "multiaddress of a node to begin with; may be given several times"),
    nameOption("--swarm-key <file>", "only nodes with the same key can connect"),
    new Option("--local", "listen on this machine alone and look for nobody"),
  ];
}

/** Undefined without `--network` and without an address of a peer or to listen at. */
export function peerOptionsOf(flags: PeerFlags, preSharedKey: Uint8Array | undefined): PeerOptions | undefined {
  const { network, role, threads, memory, storage, listen, peer, local } = flags;
  if (network === undefined && listen.length === 0 && peer.length === 0) return undefined;
  const isLocal = local === true;
  return {
    listen: listen.length > 0 ? listen : [isLocal ? LOOPBACK : ANY_ADDRESS],
    peers: peer,
    roles: role,
    threads: threads ?? availableParallelism(),
    memoryMb: memory ?? Math.floor(totalmem() / BYTES_PER_MB),
    storageBytes: storage * BYTES_PER_GB,
    isReachingOut: !isLocal,
    ...(preSharedKey !== undefined && { preSharedKey }),
  };
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((text: string, before: readonly string[] = []) => [...before, text])
    .default([]);
}

function readRoles(text: string): readonly NodeRole[] {
  const roles = text.split(",").map((role) => role.trim());
  const unknown = roles.find((role) => !(NODE_ROLES as readonly string[]).includes(role));
  if (unknown !== undefined) throw new UsageProblem(`--role has '${unknown}'; choose from ${NODE_ROLES.join(", ")}`);
  if (new Set(roles).size < roles.length) throw new UsageProblem("--role names one twice; name each once");
  return roles as readonly NodeRole[];
}
