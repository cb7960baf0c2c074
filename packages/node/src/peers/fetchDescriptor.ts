/**
 * The description of a network from a node of it, by the address of its API or by its multiaddress. Nothing of it is
 * believed: the genesis is checked by whoever joins.
 */
import { randomBytes } from "node:crypto";
import { askGenesis, createLibp2pTransport, NetworkError } from "@neuroshard/network";
import { accountKeyOf, decode, type Genesis, genesis as genesisCodec } from "@neuroshard/protocol";
import { callRoute, NeuroError } from "@neuroshard/sdk/api";
import { httpBlockSource } from "../http/httpBlockSource.ts";
import { NodeError } from "../nodeError.ts";
import { addressesIn } from "./knownPeers.ts";
import type { NetworkDescriptor } from "./networkDescriptor.ts";

const HTTP = /^https?:\/\//;
const MULTIADDRESS = /^\/(ip4|ip6|dns|dns4|dns6|dnsaddr)\//;
/** For the moment in which no network is known. */
const NO_NETWORK = "0".repeat(64);

/** Whether it names a node, not a file. */
export function isNodeAddress(place: string): boolean {
  return HTTP.test(place) || MULTIADDRESS.test(place);
}

/** Throws NodeError SOURCE_UNREACHABLE or BAD_DESCRIPTOR. */
export async function fetchDescriptor(place: string): Promise<NetworkDescriptor> {
  if (MULTIADDRESS.test(place)) {
    return { genesis: genesisIn(await genesisOfPeer(place), place), addresses: addressesIn([place]) };
  }
  const baseUrl = place.replace(/\/+$/, "");
  const genesis = genesisIn(await httpBlockSource({ baseUrl }).genesis(), baseUrl);
  return { genesis, addresses: await addressesOf(baseUrl) };
}

async function genesisOfPeer(address: string): Promise<Uint8Array> {
  const { privateKey: deviceSecret } = accountKeyOf(randomBytes(32));
  const transport = await createLibp2pTransport({ deviceSecret, networkId: NO_NETWORK, listen: [] });
  try {
    return await askGenesis(transport, address);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw new NodeError("SOURCE_UNREACHABLE", error.message, { cause: error });
  } finally {
    await transport.stop();
  }
}

async function addressesOf(baseUrl: string): Promise<readonly string[]> {
  try {
    const { self, peers } = await callRoute({ baseUrl }, "listPeers", { params: {}, query: {} });
    return addressesIn([self, ...peers].flatMap((each) => each?.addresses ?? []));
  } catch (error) {
    if (!(error instanceof NeuroError)) throw error;
    throw new NodeError("SOURCE_UNREACHABLE", error.message, { cause: error });
  }
}

function genesisIn(bytes: Uint8Array, place: string): Genesis {
  const decoded = decode(genesisCodec, bytes);
  if (decoded.ok) return decoded.value;
  throw new NodeError("BAD_DESCRIPTOR", `the genesis of ${place} is malformed (${decoded.reason}); ask another node`);
}
