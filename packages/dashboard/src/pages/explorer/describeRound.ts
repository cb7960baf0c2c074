/** A round in the words of the explorer. */
import type { RoundView } from "@neuroshard/sdk";

type Round = RoundView["round"];

/** Losses on the chain are whole millionths of a nat. */
const MILLIONTHS = 1e6;

export function natsOf(millionths: number | null): number | undefined {
  return millionths === null ? undefined : millionths / MILLIONTHS;
}

export function describePay({
  accounting,
  openAudits,
  phase,
}: Pick<Round, "accounting" | "openAudits" | "phase">): string {
  if (phase === "failed") return "none: the round failed";
  switch (accounting) {
    case "settled":
      return "paid";
    case "draw":
      return "audits are being drawn";
    case "window":
      return openAudits.length > 0 ? `waits for ${openAudits.length} of its audits` : "due when its window ends";
    default:
      return "after the model is final";
  }
}

export function toneOf(phase: Round["phase"]): "good" | "bad" | "info" {
  if (phase === "done") return "good";
  return phase === "failed" ? "bad" : "info";
}
