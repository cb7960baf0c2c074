/** What a section of the benchmark is given. It answers with a SectionResult. */
import { type Contender, type Interleaved, interleave } from "../measure/interleave.ts";
import { openAll } from "../measure/openAll.ts";
import { watchOtherLoad } from "../measure/otherLoad.ts";
import type { Options } from "../options.ts";
import type { SectionResult } from "../report/sectionText.ts";

export interface BenchContext {
  readonly options: Options;
  readonly onProgress: (what: string) => void;
}

export interface Section {
  readonly title: string;
  readonly measure: (context: BenchContext) => Promise<SectionResult>;
}

export interface Measured extends Interleaved {
  /** Names and versions of the peers that ran. */
  readonly peers: readonly string[];
}

export function interleaveHere(context: BenchContext, contenders: readonly Contender[]): Promise<Interleaved> {
  const { options, onProgress } = context;
  return interleave(contenders, { rounds: options.rounds, watchLoad: watchOtherLoad, onProgress });
}

/** Opens the contenders, runs the rounds, and closes what was opened whatever happens. */
export async function measureContenders(
  context: BenchContext,
  openers: readonly (() => Promise<Contender>)[],
): Promise<Measured> {
  const { open, problems } = await openAll(openers);
  try {
    const measured = await interleaveHere(context, open);
    const peers = [...new Set(open.flatMap(({ about }) => (about === undefined ? [] : [about])))];
    return { rounds: measured.rounds, problems: [...problems, ...measured.problems], peers };
  } finally {
    await Promise.all(open.map((contender) => contender.close()));
  }
}

/** Notes on peers and problems; the same problem in two measurements is told once. */
export function notesOn(measured: readonly Measured[]): string[] {
  const peers = new Set(measured.flatMap((one) => one.peers));
  const problems = new Set(measured.flatMap((one) => one.problems));
  return [...(peers.size > 0 ? [`Peers: ${[...peers].join(", ")}.`] : []), ...[...problems].map((text) => `${text}.`)];
}

export function threadsLabel(what: string, threads: number): string {
  return `${what}, ${threads} ${threads === 1 ? "thread" : "threads"}`;
}
