/** What an amount was for, in one line, and where in the explorer that stands. */
import type { EarningReason } from "@neuroshard/sdk";
import { linkTo } from "../route/readRoute.ts";

const REASON_WORDS: Readonly<Record<EarningReason["kind"], string>> = {
  training: "training",
  audit: "audit of others' work",
  uptime: "being reachable",
  proposal: "a proposal in force",
  evidence: "evidence against a cheat",
  slashed: "taken for bad work",
  forfeited: "forfeited",
};

/** `training in round 12, slot 0, confirmed by 1 auditor`. */
export function describeReason({ kind, round, slot, audit }: EarningReason): string {
  const place = round === null ? "" : ` in round ${round}${slot === null ? "" : `, slot ${slot}`}`;
  return `${REASON_WORDS[kind]}${place}${kind === "training" ? checkedBy(audit) : ""}`;
}

function checkedBy(audit: EarningReason["audit"]): string {
  if (audit === null) return ", not drawn for an audit";
  const { confirmedBy, outcome } = audit;
  if (confirmedBy === 0) return `, audit: ${outcome}`;
  return `, confirmed by ${confirmedBy} ${confirmedBy === 1 ? "auditor" : "auditors"}`;
}

/** Undefined: it is of no round. */
export function reasonLink({ round, slot }: Pick<EarningReason, "round" | "slot">): string | undefined {
  if (round === null) return undefined;
  return slot === null ? linkTo("explorer", "round", round) : linkTo("explorer", "reward", round, slot);
}
