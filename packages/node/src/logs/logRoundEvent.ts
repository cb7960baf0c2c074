/** What happens in rounds, as entries of the log. */
import type { RoundEvent } from "../rounds/roundEvent.ts";
import type { Logger } from "./logger.ts";

const SHOWN_DIGITS = 16;

export function logRoundEvent(log: Logger, event: RoundEvent): void {
  switch (event.kind) {
    case "phase":
      log.debug("rounds", `round ${event.round} is in phase ${event.phase}`, { deadline: event.deadline });
      break;
    case "progress": {
      const { round, slot, steps, of, loss, tokensPerSecond } = event;
      log.debug("rounds", `round ${round}: step ${steps} of ${of}`, { slot, loss, tokensPerSecond });
      break;
    }
    case "committed":
      log.info("rounds", `round ${event.round}: committed slot ${event.slot}`, { commit: event.commit });
      break;
    case "model":
      logModel(log, event);
      break;
    case "audited": {
      const { round, slot, segment, answer } = event;
      log.info("audits", `replayed segment ${segment} of slot ${slot} in round ${round}: ${answer}`);
      break;
    }
    case "settled":
      logSettled(log, event);
      break;
    case "disagreement": {
      const message = `round ${event.round}: this machine computed another model than the network; it may be broken, run \`neuroshard bench\``;
      log.error("rounds", message, { own: event.own.weights, final: event.final.weights });
      break;
    }
    case "trouble":
      log.warn("rounds", event.message);
      break;
    default:
      event satisfies never;
  }
}

function logModel(log: Logger, event: Extract<RoundEvent, { readonly kind: "model" }>): void {
  const { round, model, validationLoss, ms } = event;
  const loss = validationLoss === undefined ? "" : `, validation loss ${validationLoss.toFixed(4)}`;
  log.info("rounds", `round ${round} is done: model ${model.weights.slice(0, SHOWN_DIGITS)}${loss}`, { ms });
}

function logSettled(
  log: Logger,
  { round, slot, outcome, isOwn }: Extract<RoundEvent, { readonly kind: "settled" }>,
): void {
  const message = `audit of ${isOwn ? "this device's" : "its"} slot ${slot} in round ${round}: ${outcome}`;
  const isBad = outcome === "wrong" || outcome === "unavailable";
  if (isBad && isOwn) log.error("audits", `${message}; this machine may be broken, run \`neuroshard bench\``);
  else log[isBad ? "warn" : "info"]("audits", message);
}
