/** A training run as lines of text, for logs and pipes: progress to stderr every few seconds, the result to stdout. */
import type { TrainEvent } from "@neuroshard/node";
import type { Surface } from "../terminal/surface.ts";
import {
  describeDone,
  describeEvaluation,
  describeSaved,
  describeStart,
  describeStep,
  describeStopped,
} from "./describeEvent.ts";
import { Pace } from "./pace.ts";
import type { EventOf, TrainingView } from "./trainingView.ts";

const STEP_LINE_INTERVAL_MS = 5000;

export class PlainView implements TrainingView {
  readonly #surface: Surface;
  readonly #nowMs: () => number;
  #steps = 0;
  #pace: Pace | undefined;
  #nextLineMs = 0;

  constructor(surface: Surface, nowMs: () => number) {
    this.#surface = surface;
    this.#nowMs = nowMs;
  }

  show(event: TrainEvent): void {
    switch (event.event) {
      case "start":
        this.#steps = event.steps;
        this.#pace = new Pace({ firstStep: event.step, steps: event.steps }, this.#nowMs);
        this.#note(describeStart(event));
        break;
      case "step":
        this.#showStep(event);
        break;
      case "eval":
        this.#note(describeEvaluation(event));
        break;
      case "sample":
        this.#note(`step ${event.step}, a sample: ${event.text.replace(/\s+/g, " ").trim()}`);
        break;
      case "saved":
        this.#note(describeSaved(event));
        break;
      case "stopped":
        this.#note(describeStopped(event));
        break;
      case "done":
        this.#surface.stdout.write(`${describeDone(event)}\n`);
        break;
      default:
        event satisfies never;
    }
  }

  close(): void {}

  #showStep(event: EventOf<"step">): void {
    const nowMs = this.#nowMs();
    if (nowMs < this.#nextLineMs && event.step < this.#steps) return;
    this.#nextLineMs = nowMs + STEP_LINE_INTERVAL_MS;
    this.#note(describeStep(event, this.#steps, this.#pace?.remainingSeconds(event.step)));
  }

  #note(line: string): void {
    this.#surface.stderr.write(`${line}\n`);
  }
}
