/** Trains as it should, but sends its contribution turned around and large, to lead the model away. */
import type { Digest } from "@neuroshard/protocol";
import { BlobMissing, compressDelta } from "@neuroshard/training";
import type { SimBlobs } from "../simBlobs.ts";
import type { FalseNode } from "./falseNode.ts";

const STRENGTH = 10;

export const poison: FalseNode = () => ({
  corrupt: (worker, blobs) => ({
    ...worker,
    async train(start, options) {
      const trained = await worker.train(start, options);
      const base = floatsIn(blobs, start.baseModel.weights);
      const honest = floatsIn(blobs, trained.states.at(-1)!.weights);
      const end = base.map((value, index) => value + STRENGTH * (value - honest[index]!));
      const { bytes } = compressDelta({ base, end, residual: undefined, compression: start.rules.compression });
      return { ...trained, delta: blobs.put(bytes), deltaBytes: bytes.length };
    },
  }),
});

function floatsIn(blobs: SimBlobs, digest: Digest): Float32Array {
  const bytes = blobs.get(digest);
  if (bytes === undefined) throw new BlobMissing(digest);
  return new Float32Array(bytes.slice().buffer);
}
