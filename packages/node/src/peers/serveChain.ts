/** The chain of this node for its peers: blocks, snapshots, genesis. Whoever asks gets what fits one answer. */

import type { PeerNetwork, ResponseOf } from "@neuroshard/network";
import { block as blockCodec, encode, genesis as genesisCodec, snapshotManifest } from "@neuroshard/protocol";
import type { Chain } from "../chain/chain.ts";

/** Blocks of one answer: enough to fill a link, few enough to be read from the disk without a pause of the node. */
const MOST_BLOCKS = 64;
const USUAL_BATCH_BYTES = 4_000_000;

export function serveChain(network: PeerNetwork, chain: Chain): void {
  network.serve("genesis", async () => ({ genesis: encode(genesisCodec, chain.genesis) }));
  network.serve("head", async () => ({ height: chain.head().height }));
  network.serve("blocks", async ({ from, most }) => blocksFrom(chain, from, Math.min(most, MOST_BLOCKS)));
  network.serve("snapshot", async () => {
    const [newest] = chain.application.listSnapshots();
    return { manifest: newest === undefined ? null : encode(snapshotManifest, newest) };
  });
  network.serve("snapshotChunk", async ({ height, index }) => {
    return { chunk: chain.application.loadSnapshotChunk(height, index) ?? null };
  });
}

/** As many as fit a batch; one at least, whatever its size. */
function blocksFrom(chain: Chain, from: number, most: number): ResponseOf<"blocks"> {
  const blocks: Uint8Array[] = [];
  const last = Math.min(chain.head().height, from + most - 1);
  for (let height = from, bytes = 0; height <= last && bytes < USUAL_BATCH_BYTES; height++) {
    const found = chain.block(height);
    if (found === undefined) break;
    const encoded = encode(blockCodec, found);
    blocks.push(encoded);
    bytes += encoded.length;
  }
  return { blocks };
}
