/**
 * What somebody needs to join a network: its genesis and addresses of some of its nodes. A file that is handed around, or
 * what a node tells over HTTP. The genesis decides everything; an address only helps to find somebody.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Genesis, genesis as genesisCodec, networkIdOf, parseJson } from "@neuroshard/protocol";
import { genesisPath, readGenesis, writeGenesis } from "../chain/homeFiles.ts";
import { readFault } from "../data/fileFault.ts";
import { writeFileAtomically } from "../data/writeFileAtomically.ts";
import { NodeError } from "../nodeError.ts";
import { addressesIn, readKnownPeers, writeKnownPeers } from "./knownPeers.ts";

export interface NetworkDescriptor {
  readonly genesis: Genesis;
  /** Multiaddresses. */
  readonly addresses: readonly string[];
}

const FORMAT = 1;
const FILE = "network.json";

export function descriptorPath(home: string): string {
  return join(home, FILE);
}

export async function writeDescriptor(path: string, { genesis, addresses }: NetworkDescriptor): Promise<void> {
  const content = { format: FORMAT, genesis: genesisCodec.toJson(genesis), addresses };
  await writeFileAtomically(path, `${JSON.stringify(content, null, 2)}\n`);
}

/** Throws NodeError BAD_DESCRIPTOR, and DataError MISSING_FILE or UNREADABLE. */
export function readDescriptor(path: string): NetworkDescriptor {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw readFault(error, path);
  }
  return parseDescriptor(text, path);
}

/** `place`: for messages. Throws NodeError BAD_DESCRIPTOR. */
function parseDescriptor(text: string, place: string): NetworkDescriptor {
  let content: Record<string, unknown>;
  try {
    content = Object(JSON.parse(text));
  } catch {
    throw badDescriptor(place, "it is no JSON");
  }
  const { format, genesis, addresses } = content;
  if (format !== FORMAT) throw badDescriptor(place, `its format is ${String(format)}, this release reads ${FORMAT}`);
  const parsed = parseJson(genesisCodec, genesis);
  if (!parsed.ok) throw badDescriptor(place, `genesis ${parsed.path} ${parsed.reason}`);
  return { genesis: parsed.value, addresses: addressesIn(addresses) };
}

/** Makes `home` one of this network, or finds that it is. Throws NodeError OTHER_NETWORK, and what its parts throw. */
export async function joinByDescriptor(home: string, { genesis, addresses }: NetworkDescriptor): Promise<void> {
  if (existsSync(genesisPath(home))) {
    const own = networkIdOf(readGenesis(home).genesis);
    const wanted = networkIdOf(genesis);
    if (own !== wanted) {
      const cause = `${home} belongs to network ${own.slice(0, 16)}, the descriptor is of ${wanted.slice(0, 16)}`;
      throw new NodeError("OTHER_NETWORK", `${cause}; use another home`);
    }
  } else {
    await writeGenesis(home, genesis);
  }
  await writeKnownPeers(home, [...addresses, ...readKnownPeers(home)]);
}

function badDescriptor(place: string, reason: string): NodeError {
  return new NodeError("BAD_DESCRIPTOR", `${place} describes no network (${reason}); get it again from its source`);
}
