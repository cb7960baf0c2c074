/** The outer step with different contributions, by aggregator: checking, clipping, aggregating, stepping. One thread does all of it. */
import { compressDelta, outerStep, type RoundRules } from "@neuroshard/training";
import type { Contender } from "../measure/interleave.ts";
import { summarizeContender } from "../measure/statistics.ts";
import { describeQuiet, numberCell, quietCell, rangeCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import { targetOf } from "../report/target.ts";
import { type BenchContext, interleaveHere } from "./section.ts";

const PARAMETERS = 10_600_000;
const CONTRIBUTIONS = 16;
const BOUND_SECONDS = 3;
const DEFAULT: RoundRules["aggregator"] = "trimmed-mean";
const AGGREGATORS: readonly RoundRules["aggregator"][] = [
  DEFAULT,
  "mean",
  "coordinate-median",
  "krum",
  "multi-krum",
  "geometric-median",
];
const RULES: Omit<RoundRules, "aggregator"> = {
  segmentSteps: 1,
  compression: "int8",
  trimFraction: 0.1,
  outerLearningRate: 0.7,
  outerMomentum: 0.9,
};

/** Independent values, so that no branch of an aggregator can be foreseen. */
function makeContributions(): readonly Uint8Array[] {
  let state = 1;
  const base = new Float32Array(PARAMETERS);
  const end = new Float32Array(PARAMETERS);
  return Array.from({ length: CONTRIBUTIONS }, () => {
    for (let i = 0; i < PARAMETERS; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      base[i] = state / 2 ** 40;
    }
    return compressDelta({ base, end, residual: undefined, compression: RULES.compression }).bytes;
  });
}

function makeContenders(deltas: readonly Uint8Array[]): readonly Contender[] {
  const weights = new Float32Array(PARAMETERS);
  const momentum = new Float32Array(PARAMETERS);
  const idle = async (): Promise<void> => {};
  return AGGREGATORS.map((aggregator) => {
    const measure = async (): Promise<number> => {
      const startedMs = performance.now();
      outerStep({ weights, momentum, deltas, rules: { ...RULES, aggregator } });
      return (performance.now() - startedMs) / 1000;
    };
    return { name: aggregator, pid: process.pid, prepare: () => measure().then(() => {}), measure, close: idle };
  });
}

export async function measureOuterStep(context: BenchContext): Promise<SectionResult> {
  context.onProgress(`${CONTRIBUTIONS} contributions`);
  const { rounds } = await interleaveHere(context, makeContenders(makeContributions()));
  const summaries = AGGREGATORS.map((name) => [name, summarizeContender(rounds, name)] as const);
  const target = {
    what: `outer step of ${CONTRIBUTIONS} contributions, ${DEFAULT}`,
    ...({ bound: BOUND_SECONDS, comparison: "at most", unit: " s", decimals: 2 } as const),
  };
  return {
    notes: [
      `${PARAMETERS.toLocaleString("en-US")} parameters, ${CONTRIBUTIONS} ${RULES.compression} contributions of independent random values, in memory; one thread.`,
      describeQuiet("Rounds", rounds),
    ],
    tables: [
      {
        title: "Seconds",
        header: ["aggregator", "s", "range", "quiet"],
        rows: summaries.map(([name, s]) => [name, numberCell(s, 2), rangeCell(s, 2), quietCell(s)]),
      },
    ],
    targets: [targetOf(target, summaries[0]![1])],
    raw: { unit: "seconds", parameters: PARAMETERS, contributions: CONTRIBUTIONS, rounds },
  };
}
