/** A chain of this process as a source for another one. */
import { block as blockCodec, encode, genesis, snapshotManifest } from "@neuroshard/protocol";
import type { BlockSource } from "./blockSource.ts";
import type { Chain } from "./chain.ts";

export function chainSource(chain: Chain): BlockSource {
  return {
    name: chain.home,
    genesis: async () => encode(genesis, chain.genesis),
    head: async () => chain.head().height,
    async block(height) {
      const block = chain.block(height);
      return block && encode(blockCodec, block);
    },
    async snapshot() {
      const [newest] = chain.application.listSnapshots();
      return newest && encode(snapshotManifest, newest);
    },
    snapshotChunk: async (height, index) => chain.application.loadSnapshotChunk(height, index),
  };
}
