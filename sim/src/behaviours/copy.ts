/** Commits to the contribution of another slot of the round before, which everybody can fetch. */
import { roundKey, type State, slotKey, type WorkCommit } from "@neuroshard/protocol";
import type { FalseNode } from "./falseNode.ts";

export const copy: FalseNode = () => ({
  disguise: (chain) => ({
    ...chain,
    submit: (body) =>
      chain.submit(body.kind === "commitWork" ? { ...body, commit: copied(body.commit, chain.state()) } : body),
  }),
});

/** Where there is nothing to copy, it stays as it is. */
function copied(commit: WorkCommit, { tables }: State): WorkCommit {
  const own = tables.rounds.get(roundKey(commit.round))?.slots[commit.slot]?.device;
  const before = tables.rounds.get(roundKey(commit.round - 1));
  const other = before?.slots.findIndex(({ device, inclusion }) => device !== own && inclusion === "included") ?? -1;
  const original = other === -1 ? undefined : tables.commits.get(slotKey(commit.round - 1, other))?.commit;
  return original === undefined ? commit : { ...commit, delta: original.delta, deltaBytes: original.deltaBytes };
}
