/** Runs one training job from its first event to its last, with a view beside it and Ctrl-C taken care of. */
import process from "node:process";
import { type TrainEvent, type TrainOptions, trainLocally } from "@neuroshard/node";
import type { Surface } from "../terminal/surface.ts";
import { createJsonView } from "./jsonView.ts";
import { LiveView } from "./liveView.ts";
import { PlainView } from "./plainView.ts";
import type { EventOf, TrainingView } from "./trainingView.ts";

export interface RunTrainingOptions {
  readonly isJson: boolean;
  /** Chart and samples on a terminal. */
  readonly isRich: boolean;
}

/** @throws {Interrupted} when the run was stopped and its state saved. */
export async function runTraining(
  options: TrainOptions,
  surface: Surface,
  viewOptions: RunTrainingOptions,
): Promise<void> {
  const view = createView(surface, viewOptions);
  let outcome: EventOf<"done" | "stopped"> | undefined;
  function onEvent(event: TrainEvent): void {
    if (event.event === "done" || event.event === "stopped") outcome = event;
    view.show(event);
  }
  try {
    await surface.interruption.graceful((signal) => trainLocally(options, onEvent, signal));
  } finally {
    view.close();
  }
  if (outcome?.event === "done") return;
  if (surface.interruption.reason !== undefined) throw surface.interruption.interrupted();
  throw new Error("training ended without saying how");
}

function createView(surface: Surface, { isJson, isRich }: RunTrainingOptions): TrainingView {
  if (isJson) return createJsonView(surface);
  const nowMs = () => performance.now();
  const canRewrite = surface.stderr.isTTY && process.env.TERM !== "dumb";
  return canRewrite ? new LiveView(surface, { isRich, nowMs }) : new PlainView(surface, nowMs);
}
