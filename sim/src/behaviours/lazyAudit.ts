/** Answers audits without replaying: the end is on the chain, the interior digest is made up. */
import { committedDigest, type Digest, type State, slotKey } from "@neuroshard/protocol";
import type { SlotStart } from "@neuroshard/training";
import type { FalseNode } from "./falseNode.ts";

const MADE_UP = "44".repeat(32) as Digest;

export const lazyAudit: FalseNode = (state) => ({
  corrupt: (worker) => ({
    ...worker,
    async replay({ start, segment }, signal) {
      signal.throwIfAborted();
      return { kind: "replayed", end: claimed(state(), start, segment), interior: MADE_UP };
    },
  }),
});

function claimed({ tables }: State, { roundSeed, slot }: SlotStart, segment: number): Digest {
  const round = [...tables.rounds.entries()].find(([, { seed }]) => seed === roundSeed)?.[1];
  const commit = round && tables.commits.get(slotKey(round.number, slot))?.commit;
  return commit === undefined ? MADE_UP : committedDigest(commit, segment);
}
