/**
 * A blob from one process to another over libp2p on loopback: how fast, what it does to small questions meanwhile, and
 * whether memory stays where it was.
 */
import { fileURLToPath } from "node:url";
import { CHUNK_BYTES, type Digest } from "@neuroshard/protocol";
import { watchOtherLoad } from "../measure/otherLoad.ts";
import { median } from "../measure/statistics.ts";
import type { BlobPeerRequest, Seen, Taken } from "../network/blobPeer.ts";
import { LineProcess } from "../process/lineProcess.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Target } from "../report/target.ts";
import type { BenchContext } from "./section.ts";

const PROGRAM = fileURLToPath(new URL("../network/blobPeer.ts", import.meta.url));
const WARM_UP_CHUNKS = 64;
const CHUNKS = 1024;
const MEGABYTE = 1_000_000;

/** One round. */
interface Round extends Taken {
  /** That other processes took meanwhile; null where that cannot be told. */
  readonly otherCores: number | null;
}

interface Ends {
  readonly giver: LineProcess;
  readonly taker: LineProcess;
}

const ask = <Answer>(end: LineProcess, request: BlobPeerRequest): Promise<Answer> => end.ask<Answer>(request);

export async function measureBlobTransfer({ options, onProgress }: BenchContext): Promise<SectionResult> {
  const [giver] = await LineProcess.start(process.execPath, [PROGRAM]);
  const [taker] = await LineProcess.start(process.execPath, [PROGRAM]);
  try {
    return await measureBetween({ giver, taker }, options.rounds, onProgress);
  } finally {
    await Promise.all([giver.close(), taker.close()]);
  }
}

async function measureBetween(
  { giver, taker }: Ends,
  count: number,
  onProgress: BenchContext["onProgress"],
): Promise<SectionResult> {
  const sizes = [WARM_UP_CHUNKS, CHUNKS];
  const given = await ask<{ address: string; digests: readonly [Digest, Digest] }>(giver, { kind: "give", sizes });
  const [warmUp, blob] = given.digests;
  await ask(taker, { kind: "dial", address: given.address });
  onProgress("warming up");
  await ask(taker, { kind: "take", digest: warmUp });
  for (const end of [giver, taker]) await ask(end, { kind: "watch" });
  const rounds: Round[] = [];
  for (let index = 0; index < count; index++) {
    onProgress(`round ${index + 1} of ${count}`);
    const otherCores = watchOtherLoad(giver.pid, taker.pid);
    const taken = await ask<Taken>(taker, { kind: "take", digest: blob });
    rounds.push({ ...taken, otherCores: otherCores() });
  }
  const seen = [await ask<Seen>(giver, { kind: "seen" }), await ask<Seen>(taker, { kind: "seen" })] as const;
  return resultOf(rounds, seen);
}

function resultOf(rounds: readonly Round[], [giver, taker]: readonly [Seen, Seen]): SectionResult {
  const speeds = rounds.map(({ megabytesPerSecond }) => megabytesPerSecond);
  const pings = rounds.flatMap(({ pingMs }) => pingMs);
  const questions = rounds.flatMap(({ questionMs }) => questionMs);
  const cpu = median(rounds.map(({ cpuSeconds }) => cpuSeconds));
  const bytes = CHUNKS * CHUNK_BYTES;
  return {
    notes: [
      `${CHUNKS} MiB in chunks of 1 MiB over one connection (tcp, noise, yamux), each chunk hashed before it counts; on another connection meanwhile pings (32 bytes there and back on an open stream, as libp2p's own are) and small questions of ours, which open their stream first: two round trips.`,
      "The giver makes its chunks as it goes and the taker throws them away: no disk takes part.",
      `Speed and delays depend on two free cores. Other processes took ${otherCoresOf(rounds)} cores in the rounds.`,
    ],
    tables: [
      {
        title: "Transfer",
        header: ["", "median", "lowest", "highest"],
        rows: [
          ["MB/s", ...[median(speeds), Math.min(...speeds), Math.max(...speeds)].map((speed) => speed.toFixed(0))],
        ],
      },
      {
        title: "Meanwhile, ms",
        header: ["", "median", "95 %", "highest", "times"],
        rows: [timesRow("ping", pings), timesRow("small question", questions)],
      },
      endsTable(giver, taker),
      {
        title: "Work of the taker",
        header: ["CPU seconds for the blob", "MB per CPU second"],
        rows: [[cpu.toFixed(1), (bytes / MEGABYTE / cpu).toFixed(0)]],
      },
    ],
    targets: targetsOf({
      speed: median(speeds),
      ping: median(pings),
      question: median(questions),
      grown: Math.max(giver.grownBytes, taker.grownBytes),
    }),
    raw: { unit: "MB/s", rounds, giver, taker },
  };
}

function otherCoresOf(rounds: readonly Round[]): string {
  return rounds.map(({ otherCores }) => otherCores?.toFixed(2) ?? "unknown").join(" and ");
}

function timesRow(what: string, times: readonly number[]): string[] {
  const sorted = times.toSorted((a, b) => a - b);
  const shown = [median(sorted), sorted[Math.floor(0.95 * (sorted.length - 1))]!, sorted.at(-1)!];
  return [what, ...shown.map((ms) => ms.toFixed(1)), String(times.length)];
}

function endsTable(giver: Seen, taker: Seen) {
  const rowOf = (name: string, { grownBytes, peakBytes, delayMs }: Seen): string[] => [
    name,
    ...[grownBytes, peakBytes].map((n) => (n / MEGABYTE).toFixed(0)),
    ...[delayMs.median, delayMs.p99].map((ms) => ms.toFixed(1)),
  ];
  return {
    title: "Resident memory, and delay of the event loop",
    header: ["process", "MB grown since the first blob", "MB at most", "ms, median", "ms, 99 %"],
    rows: [rowOf("giver", giver), rowOf("taker", taker)],
  };
}

interface Measured {
  readonly speed: number;
  readonly ping: number;
  readonly question: number;
  readonly grown: number;
}

function targetsOf({ speed, ping, question, grown }: Measured): Target[] {
  const between = { comparison: "at most", decimals: 0 } as const;
  return [
    {
      what: "blob transfer on loopback",
      comparison: "at least",
      bound: 150,
      unit: " MB/s",
      decimals: 0,
      measured: speed,
    },
    { ...between, what: "median ping meanwhile", bound: 20, unit: " ms", measured: ping },
    { ...between, what: "median small question meanwhile", bound: 20, unit: " ms", measured: question },
    { ...between, what: "memory grown at either end", bound: 128, unit: " MB", measured: grown / MEGABYTE },
  ];
}
