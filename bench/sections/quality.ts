/** What training reaches: `char-cpu` on a text, in both operand modes and with three seeds, and the learning curves. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type TrainEvent, trainLocally } from "@neuroshard/node";
import type { OperandMode } from "@neuroshard/tensor";
import { describeConfig } from "../configs.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Target } from "../report/target.ts";
import type { BenchContext } from "./section.ts";

const seeds = [1337, 1338, 1339] as const;
const modes = ["f32", "bf16"] as const;
const TINY_SHAKESPEARE_SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed";
const TARGET_STEPS = 2000;
const EVALUATIONS = 10;
/** Training losses of single steps scatter: the curve keeps their means over this many. */
const STEPS_PER_POINT = 20;

interface Evaluated {
  readonly step: number;
  readonly trainLoss: number;
  readonly valLoss: number;
}

interface QualityRun {
  readonly seed: number;
  readonly mode: OperandMode;
  /** Over the whole validation part, after the last step. */
  readonly validationLoss: number;
  readonly digest: string;
  readonly seconds: number;
  readonly evaluations: readonly Evaluated[];
  /** Mean training losses of each 20 steps. */
  readonly stepLosses: readonly number[];
}

interface RunChoice {
  readonly text: string;
  readonly steps: number;
  readonly seed: number;
  readonly mode: OperandMode;
}

function meansOf(values: readonly number[], size: number): number[] {
  const means: number[] = [];
  for (let from = 0; from < values.length; from += size) {
    const part = values.slice(from, from + size);
    means.push(part.reduce((sum, value) => sum + value, 0) / part.length);
  }
  return means;
}

async function trainOnce(context: BenchContext, { text, steps, seed, mode }: RunChoice): Promise<QualityRun> {
  const losses: number[] = [];
  const evaluations: Evaluated[] = [];
  let end = { digest: "", seconds: 0 };
  const onEvent = (event: TrainEvent): void => {
    if (event.event === "step") losses.push(event.loss);
    if (event.event === "done") end = { digest: event.digest, seconds: event.seconds };
    if (event.event !== "eval") return;
    const { step, trainLoss, valLoss } = event;
    evaluations.push({ step, trainLoss, valLoss });
    context.onProgress(`seed ${seed}, ${mode}: step ${step} of ${steps}, validation loss ${valLoss.toFixed(4)}`);
  };
  const evaluateEverySteps = Math.max(1, Math.round(steps / EVALUATIONS));
  const options = { data: text, preset: "char-cpu", steps, seed, mode, evaluateEverySteps };
  await trainLocally(options, onEvent, new AbortController().signal);
  const validationLoss = evaluations.at(-1)!.valLoss;
  return { seed, mode, validationLoss, ...end, evaluations, stepLosses: meansOf(losses, STEPS_PER_POINT) };
}

function lossOf(runs: readonly QualityRun[], seed: number, mode: OperandMode): number {
  return runs.find((run) => run.seed === seed && run.mode === mode)!.validationLoss;
}

/** How much higher the loss of bf16 is, in percent of that of f32. */
function costPercent(runs: readonly QualityRun[], seed: number): number {
  return 100 * (lossOf(runs, seed, "bf16") / lossOf(runs, seed, "f32") - 1);
}

function targetsOf(runs: readonly QualityRun[], isPublishedCase: boolean): Target[] {
  const meanCost = seeds.reduce((sum, seed) => sum + costPercent(runs, seed), 0) / seeds.length;
  const highest = (mode: OperandMode): number => Math.max(...seeds.map((seed) => lossOf(runs, seed, mode)));
  return [
    {
      what: "validation loss of bf16 above f32, mean of the seeds",
      bound: 0.5,
      comparison: "at most",
      unit: " %",
      decimals: 3,
      measured: meanCost,
    },
    ...modes.map((mode): Target => {
      const what = `highest validation loss, ${mode}, tiny Shakespeare, ${TARGET_STEPS} steps`;
      const measured = isPublishedCase ? highest(mode) : undefined;
      return { what, bound: 1.92, comparison: "at most", unit: "", decimals: 4, measured };
    }),
  ];
}

export async function measureQuality(context: BenchContext): Promise<SectionResult> {
  const { text, steps } = context.options;
  if (text === undefined) throw new Error("internal: quality without a text");
  const sha256 = createHash("sha256").update(readFileSync(text)).digest("hex");
  const runs: QualityRun[] = [];
  for (const seed of seeds) for (const mode of modes) runs.push(await trainOnce(context, { text, steps, seed, mode }));
  const loss = (seed: number, mode: OperandMode): string => lossOf(runs, seed, mode).toFixed(4);
  return {
    notes: [
      `${describeConfig("char-cpu")}; ${steps} steps, learning rate 1e-3 with 100 steps of warm-up and cosine to 1e-4.`,
      `Text: ${basename(text)}, SHA-256 ${sha256}, characters, first 90 % for training. The loss is over the whole validation part.`,
      "The learning curves are in RESULTS.json.",
    ],
    tables: [
      {
        title: "Validation loss in nats per character",
        header: ["seed", "f32", "bf16", "bf16 above f32"],
        rows: seeds.map((seed) => [
          String(seed),
          loss(seed, "f32"),
          loss(seed, "bf16"),
          `${costPercent(runs, seed).toFixed(3)} %`,
        ]),
      },
    ],
    targets: targetsOf(runs, sha256 === TINY_SHAKESPEARE_SHA256 && steps === TARGET_STEPS),
    raw: { unit: "nats per character", sha256, steps, stepsPerPoint: STEPS_PER_POINT, runs },
  };
}
