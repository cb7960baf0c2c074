/**
 * Addresses of peers that this home has met: `peers.json`. Any of them is enough to find the network again, so no single
 * node is needed for it. They are dialled while they are not connected, with growing pauses.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PeerNetwork } from "@neuroshard/network";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";

const FILE = "peers.json";
const MOST_ADDRESSES = 256;
const MOST_ADDRESS_CHARACTERS = 256;
const FIRST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 60_000;
const LOOK_MS = 500;

/** Empty where there are none, or the file cannot be read: they are only a convenience. */
export function readKnownPeers(home: string): readonly string[] {
  const path = join(home, FILE);
  if (!existsSync(path)) return [];
  try {
    return addressesIn(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return [];
  }
}

export async function writeKnownPeers(home: string, addresses: readonly string[]): Promise<void> {
  await writeFileAtomically(join(home, FILE), `${JSON.stringify(addressesIn(addresses), null, 2)}\n`);
}

/** The texts of a list that could be addresses, each once. */
export function addressesIn(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  const texts = list.filter((each): each is string => typeof each === "string" && each.startsWith("/"));
  return [...new Set(texts.filter(({ length }) => length <= MOST_ADDRESS_CHARACTERS))].slice(0, MOST_ADDRESSES);
}

interface Attempt {
  nextMs: number;
  pauseMs: number;
  isDialling: boolean;
}

export interface PeerKeeper {
  /** Ends the dialling and keeps what is known. */
  stop(): Promise<void>;
}

/** @param given Named by the user or the descriptor; they stay in the list. */
export function keepPeers(network: PeerNetwork, home: string, given: readonly string[]): PeerKeeper {
  const attempts = new Map<string, Attempt>();
  for (const address of [...given, ...readKnownPeers(home)]) addAddress(attempts, address);
  const stopListening = network.onPeers((peers) => {
    for (const { addresses } of peers) for (const address of addresses) addAddress(attempts, address);
  });
  function look(): void {
    const connected = new Set(network.peers().flatMap(({ addresses }) => addresses));
    const own = new Set(network.addresses);
    const nowMs = performance.now();
    for (const [address, attempt] of attempts) {
      if (own.has(address) || isSamePeer(address, connected)) attempt.pauseMs = FIRST_PAUSE_MS;
      else if (!attempt.isDialling && nowMs >= attempt.nextMs) void dial(network, address, attempt);
    }
  }
  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    async stop() {
      clearInterval(timer);
      stopListening();
      const met = network.peers().flatMap(({ addresses }) => addresses);
      // Those that answer now first.
      await writeKnownPeers(home, [...met, ...attempts.keys()]);
    },
  };
}

function addAddress(attempts: Map<string, Attempt>, address: string): void {
  if (attempts.has(address) || attempts.size >= MOST_ADDRESSES) return;
  attempts.set(address, { nextMs: 0, pauseMs: FIRST_PAUSE_MS, isDialling: false });
}

/** Its address, or another one of the peer that its last part names. */
function isSamePeer(address: string, connected: ReadonlySet<string>): boolean {
  const peer = /\/p2p\/[^/]+$/.exec(address)?.[0];
  if (connected.has(address)) return true;
  return peer !== undefined && [...connected].some((other) => other.endsWith(peer));
}

async function dial(network: PeerNetwork, address: string, attempt: Attempt): Promise<void> {
  attempt.isDialling = true;
  await network.dial(address).catch(() => undefined);
  attempt.isDialling = false;
  attempt.nextMs = performance.now() + attempt.pauseMs;
  attempt.pauseMs = Math.min(MOST_PAUSE_MS, 2 * attempt.pauseMs);
}
