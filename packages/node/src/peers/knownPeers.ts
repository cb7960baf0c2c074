/**
 * Addresses of peers that this home has met: `peers.json`. Any of them is enough to find the network again, so no single
 * node is needed for it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";

const FILE = "peers.json";
const MOST_ADDRESSES = 256;
const MOST_ADDRESS_CHARACTERS = 256;

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
