/** A training run as JSON lines on stdout, one for each event, for programs. */
import { printJson, type Surface } from "../terminal/surface.ts";
import { describeStopped } from "./describeEvent.ts";
import type { TrainingView } from "./trainingView.ts";

export function createJsonView(surface: Surface): TrainingView {
  return {
    show(event) {
      printJson(surface, event);
      if (event.event === "stopped") surface.stderr.write(`${describeStopped(event)}\n`);
    },
    close() {},
  };
}
