/** What happens in rounds, as a line for people; undefined for what is only progress. */
import type { RoundNews } from "@neuroshard/node";
import { formatCount } from "../terminal/formatQuantity.ts";

export function describeRoundEvent(event: RoundNews): string | undefined {
  switch (event.kind) {
    case "phase":
    case "progress":
      return undefined;
    case "committed":
      return `round ${formatCount(event.round)}: committed slot ${event.slot}`;
    case "model": {
      const loss = event.validationLoss === undefined ? "" : `, validation loss ${event.validationLoss.toFixed(4)}`;
      return `round ${formatCount(event.round)}: model ${event.model.weights.slice(0, 16)}${loss}`;
    }
    case "audited":
      return `round ${formatCount(event.round)}: replayed part ${event.segment} of slot ${event.slot}, ${event.answer}`;
    case "settled":
      return `round ${formatCount(event.round)}: audit of ${event.isOwn ? "this device's" : "its"} slot ${event.slot}: ${event.outcome}`;
    case "disagreement":
      return `round ${formatCount(event.round)}: this machine computed model ${event.own.weights.slice(0, 16)} and the network ${event.final.weights.slice(0, 16)}; this machine may be broken, run \`neuroshard bench\``;
    default:
      return event satisfies never;
  }
}
