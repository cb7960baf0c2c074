/** Greedy generation of one stream, against PyTorch with each of its matrix-vector products and BLAS libraries. */
import type { WeightFormat } from "@neuroshard/model";
import { describeConfig } from "../configs.ts";
import type { DecodeAnswer } from "../engine/decodeTask.ts";
import type { Contender } from "../measure/interleave.ts";
import { measuredNames, medianRatio, type Round, summarizeContender } from "../measure/statistics.ts";
import { type OwnEngine, startOwnEngine } from "../process/ownEngine.ts";
import { startTorch } from "../process/torch.ts";
import { describeQuiet, numberCell, quietCell, rangeCell, ratioCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import { targetOf } from "../report/target.ts";
import { type BenchContext, measureContenders, notesOn, threadsLabel } from "./section.ts";

const PROMPT_TOKENS = 16;
const NEW_TOKENS = 200;
const WARM_UP_TOKENS = 40;

const threadCounts = [2, 1] as const;
const engines = [
  { kind: "native", mode: "bf16", weights: "float" },
  { kind: "native", mode: "f32", weights: "float" },
  { kind: "native", mode: "bf16", weights: "int8" },
  { kind: "wasm", mode: "bf16", weights: "float" },
  { kind: "wasm", mode: "f32", weights: "float" },
  { kind: "wasm", mode: "bf16", weights: "int8" },
] as const satisfies readonly (Omit<OwnEngine, "threads"> & { weights: WeightFormat })[];
const blasFlavours = ["blis-openmp", "openblas-openmp"] as const;
const torchVariants = ["linear", "gemv"] as const;

type DecodeEngine = OwnEngine & { readonly weights: WeightFormat };

const ownChoices: readonly DecodeEngine[] = threadCounts.flatMap((threads) =>
  engines.map((engine) => ({ ...engine, threads })),
);
const torchChoices: readonly TorchChoice[] = blasFlavours.flatMap((blas) =>
  threadCounts.flatMap((threads) => torchVariants.map((variant) => ({ blas, threads, variant }))),
);

function ownName({ kind, mode, weights, threads }: DecodeEngine): string {
  return threadsLabel(`${kind} ${weights === "int8" ? "int8" : mode}`, threads);
}

async function openOwn(engine: DecodeEngine): Promise<Contender> {
  const child = await startOwnEngine(engine);
  const ask = (newTokens: number): Promise<DecodeAnswer> =>
    child.ask({ task: "decode", weights: engine.weights, promptTokens: PROMPT_TOKENS, newTokens });
  return {
    name: ownName(engine),
    pid: child.pid,
    prepare: async () => void (await ask(WARM_UP_TOKENS)),
    measure: async () => (await ask(NEW_TOKENS)).tokensPerSecond,
    close: () => child.close(),
  };
}

interface TorchChoice {
  readonly blas: (typeof blasFlavours)[number];
  readonly variant: (typeof torchVariants)[number];
  readonly threads: number;
}

function torchName({ blas, variant, threads }: TorchChoice): string {
  return threadsLabel(`PyTorch ${blas} ${variant}`, threads);
}

/** A variant's first request runs once unmeasured, so preparing takes a short one. */
async function openTorch(choice: TorchChoice): Promise<Contender> {
  const { blas, variant, threads } = choice;
  const args = ["--threads", String(threads), "--blas", blas];
  const { child, about } = await startTorch("torchDecode.py", args);
  const ask = (newTokens: number): Promise<DecodeAnswer> =>
    child.ask({ variant, promptTokens: PROMPT_TOKENS, newTokens });
  return {
    name: torchName(choice),
    about,
    pid: child.pid,
    prepare: async () => void (await ask(WARM_UP_TOKENS)),
    measure: async () => (await ask(NEW_TOKENS)).tokensPerSecond,
    close: () => child.close(),
  };
}

/** The PyTorch that ours are compared with: the one with the highest median. */
function fastestTorch(rounds: readonly Round[]): string | undefined {
  const speedOf = (name: string): number => summarizeContender(rounds, name)?.median ?? 0;
  const fastest = torchChoices.map(torchName).sort((a, b) => speedOf(b) - speedOf(a))[0]!;
  return speedOf(fastest) > 0 ? fastest : undefined;
}

export async function measureDecode(context: BenchContext): Promise<SectionResult> {
  const measured = await measureContenders(context, [
    ...ownChoices.map((choice) => () => openOwn(choice)),
    ...torchChoices.map((choice) => () => openTorch(choice)),
  ]);
  const { rounds } = measured;
  const names = measuredNames(rounds, [...ownChoices.map(ownName), ...torchChoices.map(torchName)]);
  const peer = fastestTorch(rounds);
  const target = { what: "native bf16, 2 threads, one stream", bound: 250, comparison: "at least" } as const;
  return {
    notes: [
      `${describeConfig("small8k").replace(/, \d+ x .*/, "")}, one stream, greedy: ${PROMPT_TOKENS} tokens of prompt, ${NEW_TOKENS} new ones. Random weights. int8: weights and activations quantized.`,
      ...(peer === undefined ? [] : [`Ratios are against the fastest PyTorch: ${peer}.`]),
      ...notesOn([measured]),
      describeQuiet("Rounds", rounds),
    ],
    tables: [
      {
        title: "Tokens per second",
        header: ["engine", "tokens/s", "range", "against PyTorch", "quiet"],
        rows: names.map((name) => {
          const speed = summarizeContender(rounds, name);
          const ratio = peer === undefined ? undefined : medianRatio(rounds, name, peer);
          return [name, numberCell(speed, 0), rangeCell(speed, 0), ratioCell(ratio), quietCell(speed)];
        }),
      },
    ],
    targets: [
      targetOf(
        { ...target, unit: " tokens/s", decimals: 0 },
        summarizeContender(rounds, ownName({ ...engines[0], threads: 2 })),
      ),
    ],
    raw: { unit: "tokens per second", rounds },
  };
}
