/** The network that a user names: a home that is one of it, a description of it, or the address of one of its nodes. */
import { existsSync, statSync } from "node:fs";
import { readGenesis } from "../chain/homeFiles.ts";
import { fetchDescriptor, isNodeAddress } from "./fetchDescriptor.ts";
import { readKnownPeers } from "./knownPeers.ts";
import { descriptorPath, type NetworkDescriptor, readDescriptor } from "./networkDescriptor.ts";

export interface FoundNetwork {
  readonly descriptor: NetworkDescriptor;
  /** Where it was named by a home of this machine. */
  readonly home: string | undefined;
}

/** Throws NodeError NO_NETWORK, BAD_GENESIS, BAD_DESCRIPTOR or SOURCE_UNREACHABLE, and DataError MISSING_FILE or UNREADABLE. */
export async function findNetwork(place: string): Promise<FoundNetwork> {
  if (isNodeAddress(place)) return { descriptor: await fetchDescriptor(place), home: undefined };
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return { descriptor: readDescriptor(place), home: undefined };
  }
  const { genesis } = readGenesis(place);
  const path = descriptorPath(place);
  const own = existsSync(path) ? readDescriptor(path).addresses : [];
  return { descriptor: { genesis, addresses: [...own, ...readKnownPeers(place)] }, home: place };
}
