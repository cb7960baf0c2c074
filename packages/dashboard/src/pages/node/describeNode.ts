/** The node's work in words. */
import type { LogEntryView, NodeView } from "@neuroshard/sdk";
import { formatCount, formatLoss } from "../../format/formatQuantity.ts";

const STATES = {
  training: "trains",
  waiting: "waits for a slot in the next round",
  observing: "looks on: it takes no slots",
  paused: "paused: it takes no slots until you let it",
} as const;

export function describeWork({ training }: Pick<NodeView, "training">): string {
  const { state, slot, stepsDone, stepsOf, loss } = training;
  if (state !== "training") return STATES[state];
  const place = slot === null ? "" : ` slot ${slot} of round ${formatCount(training.round)}`;
  const steps = stepsOf === 0 ? "" : `, ${formatCount(stepsDone)} of ${formatCount(stepsOf)} steps`;
  return `${STATES.training}${place}${steps}${loss === null ? "" : `, loss ${formatLoss(loss)}`}`;
}

/** Figures behind a line of the log: `round=3 slot=0`. */
export function describeData({ data }: Pick<LogEntryView, "data">): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value, shortened)}`)
    .join(" ");
}

/** More digits of a measured number than anybody reads are left out. */
function shortened(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toFixed(3)) : value;
}
