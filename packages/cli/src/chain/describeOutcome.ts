/** What a transaction came to, in words: a line for each event, or the reason why it was rejected. */
import type { OutcomeView } from "@neuroshard/sdk";
import { describeEvent } from "./describeEvent.ts";

export function describeOutcome(outcome: OutcomeView): readonly string[] {
  if (outcome.kind === "accepted") return outcome.events.map(describeEvent);
  const { code, message } = outcome.fault;
  return [`rejected, ${code}: ${message}`];
}
