/**
 * A training run on a terminal: one line rewritten in place, with evaluations and checkpoints as lasting lines above.
 * The rich form adds a chart of the losses and the latest sample below the line.
 */
import { styleText } from "node:util";
import type { TrainEvent } from "@neuroshard/node";
import { LiveBlock } from "../terminal/liveBlock.ts";
import { printable } from "../terminal/printable.ts";
import type { Surface } from "../terminal/surface.ts";
import { wrapText } from "../terminal/wrapText.ts";
import {
  describeDone,
  describeEvaluation,
  describeSaved,
  describeStart,
  describeStep,
  describeStopped,
} from "./describeEvent.ts";
import { drawLossCurve, type LossPoint } from "./lossCurve.ts";
import { Pace } from "./pace.ts";
import { drawProgressBar } from "./progressBar.ts";
import type { EventOf, TrainingView } from "./trainingView.ts";

const REDRAW_INTERVAL_MS = 100;
const CHART_ROWS = 6;
const SAMPLE_ROWS = 5;
const MAX_BLOCK_WIDTH = 100;

export interface LiveViewOptions {
  /** Adds the chart and the samples. */
  readonly isRich: boolean;
  readonly nowMs: () => number;
}

export class LiveView implements TrainingView {
  readonly #surface: Surface;
  readonly #block: LiveBlock;
  readonly #isRich: boolean;
  readonly #nowMs: () => number;
  readonly #points: LossPoint[] = [];
  #steps = 0;
  #pace: Pace | undefined;
  #status = "reading the data ...";
  #sample: EventOf<"sample"> | undefined;
  #nextDrawMs = 0;

  constructor(surface: Surface, { isRich, nowMs }: LiveViewOptions) {
    this.#surface = surface;
    this.#block = new LiveBlock(surface.stderr);
    this.#isRich = isRich;
    this.#nowMs = nowMs;
    this.#draw();
  }

  show(event: TrainEvent): void {
    switch (event.event) {
      case "start":
        this.#start(event);
        break;
      case "step":
        this.#step(event);
        break;
      case "eval":
        this.#last(describeEvaluation(event));
        break;
      case "sample":
        this.#sample = event;
        this.#draw();
        break;
      case "saved":
        this.#last(describeSaved(event));
        break;
      case "stopped":
        this.#last(describeStopped(event));
        break;
      case "done":
        this.close();
        this.#surface.stdout.write(`${describeDone(event)}\n`);
        break;
      default:
        event satisfies never;
    }
  }

  close(): void {
    this.#block.clear();
  }

  #start(event: EventOf<"start">): void {
    this.#steps = event.steps;
    this.#pace = new Pace({ firstStep: event.step, steps: event.steps }, this.#nowMs);
    this.#status = "the first step ...";
    this.#last(describeStart(event));
  }

  #step(event: EventOf<"step">): void {
    if (this.#isRich) this.#points.push({ step: event.step, loss: event.loss });
    const text = describeStep(event, this.#steps, this.#pace?.remainingSeconds(event.step));
    const barWidth = Math.min(MAX_BLOCK_WIDTH, this.#block.width) - text.length - 2;
    const bar = drawProgressBar(event.step / this.#steps, Math.min(40, barWidth));
    this.#status = bar === "" ? text : `${this.#style("green", bar)}  ${text}`;
    const nowMs = this.#nowMs();
    if (nowMs < this.#nextDrawMs && event.step < this.#steps) return;
    this.#draw();
  }

  #last(line: string): void {
    this.#block.print(line);
    this.#draw();
  }

  #draw(): void {
    this.#nextDrawMs = this.#nowMs() + REDRAW_INTERVAL_MS;
    this.#block.draw([this.#status, ...(this.#isRich ? this.#richLines() : [])]);
  }

  #richLines(): string[] {
    const width = Math.min(MAX_BLOCK_WIDTH, this.#block.width);
    const chart = drawLossCurve(this.#points, { width, rows: CHART_ROWS, steps: this.#steps });
    const sample = this.#sample === undefined ? [] : wrapText(printable(this.#sample.text), width - 2);
    const title = this.#sample === undefined ? [] : ["", `what the model writes after step ${this.#sample.step}:`];
    return [
      ...chart.map((line) => this.#style("cyan", line)),
      ...title.map((line) => this.#style("dim", line)),
      ...sample.slice(0, SAMPLE_ROWS).map((line) => `  ${line}`),
    ];
  }

  #style(format: "green" | "cyan" | "dim", text: string): string {
    return styleText(format, text, { stream: this.#surface.stderr });
  }
}
