/** The sentences about a training run that a person reads, on a terminal and in a log alike. */
import { formatCount, formatDuration, formatRate } from "../terminal/formatQuantity.ts";
import type { EventOf } from "./trainingView.ts";

/** Three lines. */
export function describeStart(event: EventOf<"start">): string {
  const threads = `${event.threads} ${event.threads === 1 ? "thread" : "threads"}`;
  const model = `${event.preset}: ${formatCount(event.parameters)} parameters, vocabulary ${formatCount(event.vocabularySize)}`;
  const data = `${formatCount(event.trainTokens)} tokens to learn from, ${formatCount(event.validationTokens)} to check on`;
  const resumed = event.step > 0 ? `; going on after step ${event.step}` : "";
  return `${model}\n${data}\n${event.engine} engine, ${threads}, ${event.mode}${resumed}`;
}

export function describeStep(event: EventOf<"step">, steps: number, remainingSeconds: number | undefined): string {
  const left = remainingSeconds === undefined ? "" : `  ${formatDuration(remainingSeconds)} left`;
  return `step ${event.step}/${steps}  loss ${event.loss.toFixed(4)}  ${formatRate(event.tokensPerSecond)}${left}`;
}

export function describeEvaluation({ step, trainLoss, valLoss }: EventOf<"eval">): string {
  return `step ${step}: train loss ${trainLoss.toFixed(4)}, validation loss ${valLoss.toFixed(4)}`;
}

export function describeSaved({ step, path }: EventOf<"saved">): string {
  return `step ${step}: saved to ${path}`;
}

/** The result, for stdout. */
export function describeDone({ steps, digest, seconds }: EventOf<"done">): string {
  return `${formatCount(steps)} steps in ${formatDuration(seconds)}, digest ${digest}`;
}

export function describeStopped({ step, path }: EventOf<"stopped">): string {
  if (path === undefined) return `stopped after step ${step}; nothing was saved: give --out DIR to keep a run`;
  return `stopped after step ${step}, saved to ${path}; run the same command again to go on`;
}
