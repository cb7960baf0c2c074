/** Says of all work that it audits that something else comes out. */
import type { Digest } from "@neuroshard/protocol";
import type { FalseNode } from "./falseNode.ts";

const SOMETHING_ELSE = "33".repeat(32) as Digest;

export const accuse: FalseNode = () => ({
  corrupt: (worker) => ({
    ...worker,
    async replay(_, signal) {
      signal.throwIfAborted();
      return { kind: "replayed", end: SOMETHING_ELSE, interior: SOMETHING_ELSE };
    },
  }),
});
