/**
 * What rounds reach against one process at equal tokens, with controls, and what attackers can do to them: `char-cpu` on a
 * text, by the engine that nodes run. Curves go to docs/curves as JSON and pictures.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { drawChart } from "../report/curveChart.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Target } from "../report/target.ts";
import type { ArmRequest } from "../rounds/armTask.ts";
import { ATTACKS } from "../rounds/attacks.ts";
import { type FinishedArm, type NamedArm, runArms } from "../rounds/runArms.ts";
import type { BenchContext } from "./section.ts";

const SEEDS = [1337, 1338, 1339] as const;
const STEPS = 1000;
const ATTACK_STEPS = 150;
const CACHE = "runs/convergence";
const PICTURES = "docs/curves";
/** One process on the same tokens, by `npm run bench -- --only quality` and RESULTS.json: 2000 steps, bf16. */
const BASELINE: { readonly [S in (typeof SEEDS)[number]]: number } = { 1337: 1.678, 1338: 1.6759, 1339: 1.6868 };

/** The outer step that suits rounds this short; 0.7 and 0.9 are for hundreds of inner steps. */
const SHORT_ROUNDS = { outerLearningRate: 0.7, outerMomentum: 0.5, learningRate: 2e-3 } as const;

function arm(text: string, seed: number, change: Partial<ArmRequest>): ArmRequest {
  return {
    ...{ text, seed, workers: 2, innerSteps: 10, steps: STEPS, ...SHORT_ROUNDS },
    ...{ aggregator: "trimmed-mean", compression: "int8", clipping: "median-norm", evaluations: 5 },
    ...change,
  };
}

function convergenceArms(text: string): NamedArm[] {
  const [first] = SEEDS;
  const one = (name: string, change: Partial<ArmRequest>): NamedArm => ({ name, request: arm(text, first, change) });
  return [
    ...SEEDS.map((seed) => ({ name: `K=2 H=10 seed ${seed}`, request: arm(text, seed, {}) })),
    one("K=2 H=10 wrong sign", { outerLearningRate: -0.7, steps: 100 }),
    one("K=2 H=10 plain averaging", { outerLearningRate: 1, outerMomentum: 0 }),
    one("K=1 H=10 1000 steps", { workers: 1 }),
    one("K=4 H=10", { workers: 4 }),
    one("K=2 H=25", { innerSteps: 25 }),
    one("K=2 H=50", { innerSteps: 50 }),
    one("K=2 H=5", { innerSteps: 5 }),
    one("K=2 H=10 outer 0.7/0.9", { outerMomentum: 0.9, learningRate: 1e-3 }),
  ];
}

function attackArms(text: string): NamedArm[] {
  const [seed] = SEEDS;
  const base = { workers: 4, steps: ATTACK_STEPS, evaluations: 2 };
  const withMean = { aggregator: "mean", clipping: "none" } as const;
  const one = (name: string, change: Partial<ArmRequest>): NamedArm => ({
    name,
    request: arm(text, seed, { ...base, ...change }),
  });
  return [
    one("clean", {}),
    ...ATTACKS.map((attack) => one(attack, { attack })),
    ...(["sign-flip", "times-100", "random"] as const).map((attack) =>
      one(`${attack}, plain mean`, { attack, ...withMean }),
    ),
  ];
}

function lastLoss({ answer }: FinishedArm): number {
  return answer.points.at(-1)!.validationLoss;
}

function saveCurves(name: string, title: string, arms: readonly FinishedArm[]): void {
  mkdirSync(PICTURES, { recursive: true });
  const curves = arms.map(({ name: arm_, answer }) => ({
    name: arm_,
    points: answer.points.map(({ step, validationLoss }) => ({ x: step, y: validationLoss })),
  }));
  const text = { title, x: "inner steps of each trainer", y: "validation loss, nats per character" };
  writeFileSync(join(PICTURES, `${name}.json`), `${JSON.stringify({ ...text, curves }, null, 1)}\n`);
  const shown = curves.filter(({ points }) => points.every(({ y }) => y < MOST_SHOWN_LOSS));
  writeFileSync(join(PICTURES, `${name}.svg`), drawChart(shown, text));
}

/** Runs that diverge would flatten all others. */
const MOST_SHOWN_LOSS = 4.5;

function above(loss: number, baseline: number): number {
  return 100 * (loss / baseline - 1);
}

function convergenceTargets(found: (name: string) => FinishedArm): Target[] {
  const worst = SEEDS.map((seed) => above(lastLoss(found(`K=2 H=10 seed ${seed}`)), BASELINE[seed]));
  const [first] = SEEDS;
  const own = lastLoss(found(`K=2 H=10 seed ${first}`));
  const percent = { unit: " %", decimals: 2 } as const;
  return [
    {
      ...{ what: "K = 2, H = 10 above one process at equal tokens, mean of the seeds", bound: 3, ...percent },
      ...{ comparison: "at most", measured: worst.reduce((sum, each) => sum + each, 0) / worst.length },
    },
    {
      ...{ what: "plain averaging above it", bound: 0, ...percent, comparison: "at least" },
      measured: above(lastLoss(found("K=2 H=10 plain averaging")), own),
    },
    {
      ...{ what: "wrong sign: loss above that of guessing, ln 65", bound: 0, ...percent, comparison: "at least" },
      measured: above(lastLoss(found("K=2 H=10 wrong sign")), Math.log(65)),
    },
    {
      ...{ what: "K = 4 at 1000 steps against one trainer at 1000 steps", bound: 0, ...percent, comparison: "at most" },
      measured: above(lastLoss(found("K=4 H=10")), lastLoss(found("K=1 H=10 1000 steps"))),
    },
  ];
}

function attackTargets(found: (name: string) => FinishedArm): Target[] {
  const clean = lastLoss(found("clean"));
  const worst = Math.max(...ATTACKS.map((attack) => above(lastLoss(found(attack)), clean)));
  return [
    {
      ...{ what: "1 of 4 dishonest, default aggregator: worst of all attacks above clean", bound: 3 },
      ...{ comparison: "at most", unit: " %", decimals: 2, measured: worst },
    },
    {
      ...{ what: "the same x100 attack with the plain mean, above clean", bound: 10 },
      ...{ comparison: "at least", unit: " %", decimals: 1 },
      measured: above(lastLoss(found("times-100, plain mean")), clean),
    },
  ];
}

export async function measureConvergence(context: BenchContext): Promise<SectionResult> {
  const { text } = context.options;
  if (text === undefined) throw new Error("internal: convergence without a text");
  const wanted = [convergenceArms(text), attackArms(text)] as const;
  const finished = await runArms(wanted.flat(), CACHE, context.onProgress);
  const convergence = finished.slice(0, wanted[0].length);
  const attacks = finished.slice(wanted[0].length);
  saveCurves("convergence", "Rounds against one process", convergence);
  saveCurves("attacks", "One dishonest trainer of four", attacks);
  const finder = (arms: readonly FinishedArm[]) => (name: string) => arms.find((each) => each.name === name)!;
  const row = (each: FinishedArm): string[] => [
    each.name,
    lastLoss(each).toFixed(4),
    (each.answer.sentBytes / 1e6).toFixed(1),
    each.answer.digest.slice(0, 16),
  ];
  const header = ["arm", "validation loss", "sent MB", "digest"];
  return {
    notes: [
      `\`char-cpu\` on ${basename(text)}, whole validation part; ${STEPS} inner steps of each trainer, inner learning rate 2e-3, outer step 0.7 with momentum 0.5, int8, trimmed mean, clip to the median norm, unless the arm says otherwise.`,
      "The baseline is one process with 2000 steps: section `quality`. It was not tuned again; the inner rate of the arms was chosen among 1e-3 and 2e-3.",
      `Attacks: four trainers, ${ATTACK_STEPS} steps each, the last one dishonest in every round. Curves: docs/curves.`,
      "Every number is the same on every machine. Arms that have been run are kept in runs/convergence.",
    ],
    tables: [
      { title: "Rounds", header, rows: convergence.map(row) },
      { title: "Attacks", header, rows: attacks.map(row) },
    ],
    targets: [...convergenceTargets(finder(convergence)), ...attackTargets(finder(attacks))],
    raw: {
      unit: "nats per character",
      arms: [...convergence, ...attacks].map(({ name, request, answer }) => ({
        name,
        request: { ...request, text: basename(request.text) },
        answer,
      })),
    },
  };
}
