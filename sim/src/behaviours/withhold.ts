/** Commits to a contribution that it never serves. */
import type { Digest } from "@neuroshard/protocol";
import type { FalseNode } from "./falseNode.ts";

const NOWHERE = "77".repeat(32) as Digest;

export const withhold: FalseNode = () => ({
  corrupt: (worker) => ({
    ...worker,
    train: async (start, options) => ({ ...(await worker.train(start, options)), delta: NOWHERE }),
  }),
});
