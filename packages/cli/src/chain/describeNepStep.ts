/** What comes next in the life of a proposal, and when. */
import type { NepSummary } from "@neuroshard/sdk";
import { type ChainTime, formatMoment } from "../terminal/formatMoment.ts";

export function describeNepStep(nep: NepSummary, time: ChainTime): string {
  switch (nep.status) {
    case "draft":
    case "review":
      return `votes count from ${formatMoment(nep.votingFrom, time)}`;
    case "voting":
      return `votes count until ${formatMoment(nep.votingTo, time)}`;
    case "approved":
    case "scheduled":
      return nep.activateAt === null ? "waits for its height" : `in force from ${formatMoment(nep.activateAt, time)}`;
    case "active":
      return nep.activateAt === null ? "in force" : `in force since ${formatMoment(nep.activateAt, time)}`;
    default:
      return "ended";
  }
}
