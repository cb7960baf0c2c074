/**
 * Texts over the HTTP API of a node, as its clients see them: how long until the first token while the network trains on
 * the same machine, and what many streams have of being written together.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contender } from "../measure/interleave.ts";
import { watchOtherLoad } from "../measure/otherLoad.ts";
import { median, medianRatio, summarizeContender } from "../measure/statistics.ts";
import { describeQuiet, numberCell, quietCell, rangeCell, ratioCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import { type Target, targetOf } from "../report/target.ts";
import { ServedNetwork } from "../texts/servedNetwork.ts";
import { streamsPerSecond, timedText } from "../texts/textClient.ts";
import { type BenchContext, interleaveHere } from "./section.ts";

const PRESET = "nano";
const TRAINERS = 2;
const FIRST_TOKENS = 40;
const SHORT_TEXT = 8;
const LONG_TEXT = 100;
const MANY = 16;
const MOST_FIRST_MS = 150;
const LEAST_GAIN = 5;

const nameOf = (streams: number): string => `${streams} ${streams === 1 ? "stream" : "streams"}`;

interface FirstTokens {
  readonly ms: readonly number[];
  /** Busy with what is not the network; null where it is not known. */
  readonly otherCores: number | null;
}

async function measureFirstTokens(home: string): Promise<FirstTokens> {
  const size = ["--nodes", String(TRAINERS), "--preset", PRESET, "--port", "0"];
  const isTraining = ({ nodes }: Readonly<Record<string, unknown>>): boolean => {
    return Array.isArray(nodes) && nodes.some(({ tokensPerSecond }) => tokensPerSecond > 0);
  };
  const network = await ServedNetwork.start(["up", "--home", home, ...size], isTraining);
  try {
    const otherCores = watchOtherLoad(network.pid);
    const ms: number[] = [];
    for (let seed = 0; seed < FIRST_TOKENS; seed++) ms.push((await timedText(network.url, SHORT_TEXT, seed)).firstMs);
    return { ms, otherCores: otherCores() };
  } finally {
    await network.stop();
  }
}

/** Nobody trains beside it. */
async function measureStreams(context: BenchContext, home: string) {
  const part = ["--network", join(home, "network.json"), "--role", "observer", "--local", "--port", "0"];
  const network = await ServedNetwork.start(["start", "--home", home, ...part], ({ event }) => event === "ready");
  const contender = (streams: number): Contender => ({
    name: nameOf(streams),
    pid: network.pid,
    prepare: async () => void (await streamsPerSecond(network.url, streams, SHORT_TEXT)),
    measure: () => streamsPerSecond(network.url, streams, LONG_TEXT),
    close: async () => undefined,
  });
  try {
    return await interleaveHere(context, [contender(1), contender(MANY)]);
  } finally {
    await network.stop();
  }
}

export async function measureServedTexts(context: BenchContext): Promise<SectionResult> {
  const home = join(await mkdtemp(join(tmpdir(), "texts-")), "home");
  try {
    context.onProgress(`first tokens, beside ${TRAINERS} nodes that train`);
    const first = await measureFirstTokens(home);
    const { rounds, problems } = await measureStreams(context, home);
    const middle = median(first.ms);
    const target: Target = {
      ...{ what: `first token of ${PRESET} while training goes on`, bound: MOST_FIRST_MS, comparison: "at most" },
      ...{ unit: " ms", decimals: 0, measured: middle },
    };
    const gain = medianRatio(rounds, nameOf(MANY), nameOf(1));
    const gainTarget = { bound: LEAST_GAIN, comparison: "at least", unit: "x", decimals: 2 } as const;
    return {
      notes: [
        `First token: of ${first.ms.length} short texts one after the other, median ${middle.toFixed(0)} ms, slowest ${Math.max(...first.ms).toFixed(0)} ms, beside ${TRAINERS} nodes that train with a thread each; the thread that writes has a lower priority than theirs.`,
        `Streams: texts of ${LONG_TEXT} tokens, client and node on this machine, one thread that writes, nobody trains.`,
        ...problems.map((text) => `${text}.`),
        describeQuiet("Rounds", rounds),
      ],
      tables: [
        {
          title: "Tokens per second of all streams together, over HTTP",
          header: ["streams", "tokens/s", "range", "against one", "quiet"],
          rows: [1, MANY].map((streams) => {
            const speed = summarizeContender(rounds, nameOf(streams));
            const ratio = ratioCell(medianRatio(rounds, nameOf(streams), nameOf(1)));
            return [nameOf(streams), numberCell(speed, 0), rangeCell(speed, 0), ratio, quietCell(speed)];
          }),
        },
      ],
      targets: [target, targetOf({ ...gainTarget, what: `${MANY} streams of ${PRESET} against one` }, gain)],
      raw: { unit: "tokens per second", firstTokenMs: first.ms, otherCores: first.otherCores, rounds },
    };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
