/** Streams decoded together against one stream alone, in the same rounds: what a server gains from batching. */
import type { ConfigName } from "../configs.ts";
import { describeConfig } from "../configs.ts";
import type { BatchAnswer } from "../engine/batchTask.ts";
import type { Contender } from "../measure/interleave.ts";
import { measuredNames, medianRatio, summarizeContender } from "../measure/statistics.ts";
import { startOwnEngine } from "../process/ownEngine.ts";
import { describeQuiet, numberCell, quietCell, rangeCell, ratioCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import { targetOf } from "../report/target.ts";
import { type BenchContext, measureContenders, notesOn, threadsLabel } from "./section.ts";

const PROMPT_TOKENS = 16;
const NEW_TOKENS = 100;
const WARM_UP_TOKENS = 30;
const THREADS = 2;

const streamCounts = [1, 4, 16] as const;
const kinds = ["native", "wasm"] as const;
const measuredConfigs = ["nano", "small8k"] as const satisfies readonly ConfigName[];

interface Choice {
  readonly kind: (typeof kinds)[number];
  readonly config: (typeof measuredConfigs)[number];
  readonly streams: number;
}

const choices: readonly Choice[] = measuredConfigs.flatMap((config) =>
  kinds.flatMap((kind) => streamCounts.map((streams) => ({ kind, config, streams }))),
);

function nameOf({ kind, config, streams }: Choice): string {
  return threadsLabel(`${config} ${kind}, ${streams} ${streams === 1 ? "stream" : "streams"}`, THREADS);
}

async function open(choice: Choice): Promise<Contender> {
  const { kind, config, streams } = choice;
  const child = await startOwnEngine({ kind, mode: "bf16", threads: THREADS });
  const ask = (newTokens: number): Promise<BatchAnswer> =>
    child.ask({ task: "batch", config, streams, promptTokens: PROMPT_TOKENS, newTokens });
  return {
    name: nameOf(choice),
    pid: child.pid,
    prepare: async () => void (await ask(WARM_UP_TOKENS)),
    measure: async () => (await ask(NEW_TOKENS)).tokensPerSecond,
    close: () => child.close(),
  };
}

export async function measureServingDecode(context: BenchContext): Promise<SectionResult> {
  const measured = await measureContenders(
    context,
    choices.map((choice) => () => open(choice)),
  );
  const { rounds } = measured;
  const known = measuredNames(rounds, choices.map(nameOf));
  const gainOf = (choice: Choice) => medianRatio(rounds, nameOf(choice), nameOf({ ...choice, streams: 1 }));
  const target = { bound: 5, comparison: "at least", unit: "x", decimals: 2 } as const;
  return {
    notes: [
      ...measuredConfigs.map((name) => `${describeConfig(name).replace(/, \d+ x .*/, "")}.`),
      `${PROMPT_TOKENS} tokens of prompt, then ${NEW_TOKENS} new ones in each stream, bf16, tokens drawn at temperature 0.8 among 40. Random weights.`,
      ...notesOn([measured]),
      describeQuiet("Rounds", rounds),
    ],
    tables: [
      {
        title: "Tokens per second of all streams together",
        header: ["engine", "tokens/s", "range", "against one stream", "quiet"],
        rows: choices
          .filter((choice) => known.includes(nameOf(choice)))
          .map((choice) => {
            const speed = summarizeContender(rounds, nameOf(choice));
            const gain = ratioCell(gainOf(choice));
            return [nameOf(choice), numberCell(speed, 0), rangeCell(speed, 0), gain, quietCell(speed)];
          }),
      },
    ],
    targets: measuredConfigs.map((config) =>
      targetOf(
        { ...target, what: `${config} native, 16 streams against one` },
        gainOf({ kind: "native", config, streams: 16 }),
      ),
    ),
    raw: { unit: "tokens per second", rounds },
  };
}
