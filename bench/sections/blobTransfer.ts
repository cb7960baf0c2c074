/**
 * A blob from one process to another over libp2p on loopback: how fast, what it does to small questions meanwhile, and
 * whether memory stays where it was.
 */
import { fileURLToPath } from "node:url";
import { CHUNK_BYTES, type Digest } from "@neuroshard/protocol";
import { median } from "../measure/statistics.ts";
import type { BlobPeerRequest, Taken } from "../network/blobPeer.ts";
import { LineProcess } from "../process/lineProcess.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Target } from "../report/target.ts";
import type { BenchContext } from "./section.ts";

const PROGRAM = fileURLToPath(new URL("../network/blobPeer.ts", import.meta.url));
const WARM_UP_CHUNKS = 64;
const CHUNKS = 1024;
const MEGABYTE = 1_000_000;

interface Grown {
  readonly grownBytes: number;
  readonly peakBytes: number;
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
  const rounds: Taken[] = [];
  for (let index = 0; index < count; index++) {
    onProgress(`round ${index + 1} of ${count}`);
    rounds.push(await ask<Taken>(taker, { kind: "take", digest: blob }));
  }
  const memory = [await ask<Grown>(giver, { kind: "peak" }), await ask<Grown>(taker, { kind: "peak" })] as const;
  return resultOf(rounds, memory);
}

function resultOf(rounds: readonly Taken[], [giver, taker]: readonly [Grown, Grown]): SectionResult {
  const speeds = rounds.map(({ megabytesPerSecond }) => megabytesPerSecond);
  const pings = rounds.flatMap(({ pingMs }) => pingMs).toSorted((a, b) => a - b);
  const slowest = pings[Math.floor(0.95 * (pings.length - 1))] ?? Number.NaN;
  const cpu = median(rounds.map(({ cpuSeconds }) => cpuSeconds));
  const bytes = CHUNKS * CHUNK_BYTES;
  const memoryCells = ({ grownBytes, peakBytes }: Grown) =>
    [grownBytes, peakBytes].map((n) => (n / MEGABYTE).toFixed(0));
  return {
    notes: [
      `${CHUNKS} MiB in chunks of 1 MiB over one connection (tcp, noise, yamux), each chunk hashed before it counts; small questions on another connection, four a second.`,
      "The giver makes its chunks as it goes and the taker throws them away: no disk takes part.",
      "Speed depends on two free cores: other work on the machine shows at once.",
    ],
    tables: [
      {
        title: "Transfer",
        header: ["", "median", "lowest", "highest"],
        rows: [
          ["MB/s", ...[median(speeds), Math.min(...speeds), Math.max(...speeds)].map((speed) => speed.toFixed(0))],
          ["ms of a small question meanwhile", ...[median(pings), pings[0]!, slowest].map((ms) => ms.toFixed(1))],
        ],
      },
      {
        title: "Resident memory, MB",
        header: ["process", "grown since the first blob", "most"],
        rows: [
          ["giver", ...memoryCells(giver)],
          ["taker", ...memoryCells(taker)],
        ],
      },
      {
        title: "Work of the taker",
        header: ["CPU seconds for the blob", "MB per CPU second"],
        rows: [[cpu.toFixed(1), (bytes / MEGABYTE / cpu).toFixed(0)]],
      },
    ],
    targets: targetsOf({
      speed: median(speeds),
      ping: median(pings),
      grown: Math.max(giver.grownBytes, taker.grownBytes),
    }),
    raw: { unit: "MB/s", rounds, giver, taker },
  };
}

function targetsOf(measured: { readonly speed: number; readonly ping: number; readonly grown: number }): Target[] {
  const { speed, ping, grown } = measured;
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
    { ...between, what: "median small question meanwhile", bound: 20, unit: " ms", measured: ping },
    { ...between, what: "memory grown at either end", bound: 128, unit: " MB", measured: grown / MEGABYTE },
  ];
}
