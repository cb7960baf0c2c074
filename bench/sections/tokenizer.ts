/** Speed of the byte-level BPE tokenizer: learning 4096 merges, and encoding with an empty cache. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { tokenizerFromJson, trainBpe } from "@neuroshard/model";
import { generateStories } from "@neuroshard/training";
import type { Contender } from "../measure/interleave.ts";
import { summarizeContender } from "../measure/statistics.ts";
import { describeQuiet, numberCell, quietCell, rangeCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import { targetOf } from "../report/target.ts";
import { type BenchContext, interleaveHere } from "./section.ts";

const BYTES_AND_SPECIAL_TOKENS = 266;
const MERGES = 4096;
/** Of what is timed, so that a measurement takes some tenths of a second. */
const REPEATS = 8;
const STORIES_BYTES = 2_000_000;
const goals = [
  { name: "train", bound: 1 },
  { name: "encode", bound: 5 },
] as const;

function readText(path: string | undefined): { readonly name: string; readonly text: string } {
  if (path === undefined)
    return { name: "the built-in stories", text: generateStories({ seed: 1, minBytes: STORIES_BYTES }) };
  return { name: basename(path), text: readFileSync(path, "utf8") };
}

/** Each measurement gives 10^6 bytes of UTF-8 per second. No encoding finds the words of `text` in a cache. */
function makeContenders(text: string, megabytes: number): readonly Contender[] {
  const train = () => trainBpe(text, { vocabularySize: BYTES_AND_SPECIAL_TOKENS + MERGES });
  const saved = train().toJson();
  const encodeAnew = (): void => void tokenizerFromJson(saved).encode(text);
  const speedOf = (action: () => unknown): number => {
    const start = performance.now();
    for (let i = 0; i < REPEATS; i++) action();
    return (1000 * REPEATS * megabytes) / (performance.now() - start);
  };
  const { pid } = process;
  const idle = async (): Promise<void> => {};
  return [
    { name: "train", pid, prepare: idle, measure: async () => speedOf(train), close: idle },
    { name: "encode", pid, prepare: async () => encodeAnew(), measure: async () => speedOf(encodeAnew), close: idle },
  ];
}

export async function measureTokenizer(context: BenchContext): Promise<SectionResult> {
  const { name, text } = readText(context.options.text);
  const megabytes = new TextEncoder().encode(text).length / 1e6;
  const { rounds } = await interleaveHere(context, makeContenders(text, megabytes));
  const summaries = new Map(goals.map((goal) => [goal.name, summarizeContender(rounds, goal.name)]));
  return {
    notes: [
      `Text: ${name}, ${megabytes.toFixed(2)} MB (10^6 bytes). ${MERGES} merges; the cache of pieces is empty before each encoding.`,
      describeQuiet("Rounds", rounds),
    ],
    tables: [
      {
        title: "MB/s",
        header: ["what", "MB/s", "range", "quiet"],
        rows: [...summaries].map(([what, speed]) => [
          what,
          numberCell(speed, 2),
          rangeCell(speed, 2),
          quietCell(speed),
        ]),
      },
    ],
    targets: goals.map((goal) =>
      targetOf(
        { what: `tokenizer: ${goal.name}`, bound: goal.bound, comparison: "at least", unit: " MB/s", decimals: 2 },
        summaries.get(goal.name),
      ),
    ),
    raw: { unit: "megabytes per second", text: name, megabytes, rounds },
  };
}
