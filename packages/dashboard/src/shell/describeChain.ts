/** Where the network stands, in the few words of the status line. */
import type { StatusView } from "@neuroshard/sdk";
import { formatCount } from "../format/formatQuantity.ts";

const PHASE_WORDS: Readonly<Record<string, string>> = {
  train: "training",
  exchange: "exchanging contributions",
  outer: "agreeing on the new model",
  done: "done",
  failed: "failed",
};

/** `round 12: training`; a phase that this page does not know keeps its own name. */
export function describePhase(round: number, phase: string): string {
  if (round === 0) return "no round yet";
  return `round ${formatCount(round)}: ${PHASE_WORDS[phase] ?? phase}`;
}

export function describeTraining({ training }: Pick<StatusView, "training">): string {
  return training === null ? "trains nothing" : describePhase(training.round, training.phase);
}
