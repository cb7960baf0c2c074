/** Rounds of several contenders in turn, so that the machine's slow drifts hit all of them alike. */
import type { Round, Sample } from "./statistics.ts";

export interface Contender {
  /** Unique among those it runs against. */
  readonly name: string;
  /** Name and version of a peer, for the report. */
  readonly about?: string;
  /** The process that does the work. */
  readonly pid: number;
  /** Warms up before the first round. */
  prepare(): Promise<void>;
  /** One measurement, in the unit of its section. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

export interface InterleaveOptions {
  readonly rounds: number;
  /** Starts to watch the load of all processes but one; see watchOtherLoad. */
  readonly watchLoad: (pid: number) => () => number | null;
  readonly onProgress: (what: string) => void;
}

export interface Interleaved {
  readonly rounds: readonly Round[];
  /** What went wrong with contenders that were dropped. */
  readonly problems: readonly string[];
}

/** More digits than the clock is worth would only fill the file of raw rounds. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Every other round runs backwards: nobody always runs after the same neighbour. */
export async function interleave(
  contenders: readonly Contender[],
  { rounds: count, watchLoad, onProgress }: InterleaveOptions,
): Promise<Interleaved> {
  const problems: string[] = [];
  const active = new Set(contenders);
  const attempt = async <T>(contender: Contender, action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (error) {
      active.delete(contender);
      problems.push(`${contender.name} was dropped: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  onProgress(`warming up ${contenders.length} contenders`);
  for (const contender of contenders) await attempt(contender, () => contender.prepare());
  const rounds: Round[] = [];
  for (let index = 0; index < count; index++) {
    onProgress(`round ${index + 1} of ${count}`);
    const round: Record<string, Sample> = {};
    for (const contender of index % 2 === 0 ? [...active] : [...active].reverse()) {
      const otherCores = watchLoad(contender.pid);
      const value = await attempt(contender, () => contender.measure());
      if (value !== undefined) round[contender.name] = { value: rounded(value), otherCores: otherCores() };
    }
    rounds.push(round);
  }
  return { rounds, problems };
}
