/** The description of a network from a node of it, over HTTP. Nothing of it is believed: the genesis is checked by whoever joins. */
import { decode, genesis as genesisCodec } from "@neuroshard/protocol";
import { httpBlockSource } from "../http/httpBlockSource.ts";
import { NodeError } from "../nodeError.ts";
import { addressesIn } from "./knownPeers.ts";
import type { NetworkDescriptor } from "./networkDescriptor.ts";

const TIMEOUT_MS = 10_000;
const MOST_ANSWER_CHARACTERS = 1_000_000;

/** Throws NodeError SOURCE_UNREACHABLE or BAD_DESCRIPTOR. */
export async function fetchDescriptor(url: string): Promise<NetworkDescriptor> {
  const decoded = decode(genesisCodec, await httpBlockSource({ baseUrl: url }).genesis());
  if (!decoded.ok) {
    throw new NodeError("BAD_DESCRIPTOR", `the genesis of ${url} is malformed (${decoded.reason}); ask another node`);
  }
  return { genesis: decoded.value, addresses: await addressesOf(url) };
}

async function addressesOf(url: string): Promise<readonly string[]> {
  let text: string;
  try {
    const answer = await fetch(`${url}/api/v1/peers`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    text = await answer.text();
  } catch (error) {
    throw new NodeError("SOURCE_UNREACHABLE", `${url} does not tell its peers; try again, or name another node`, {
      cause: error,
    });
  }
  if (text.length > MOST_ANSWER_CHARACTERS) return [];
  const view = Object(JSON.parse(text)) as { readonly self?: unknown; readonly peers?: unknown };
  const nodes = [view.self, ...(Array.isArray(view.peers) ? view.peers : [])];
  return addressesIn(nodes.flatMap((node) => (Object(node) as { readonly addresses?: unknown }).addresses ?? []));
}
