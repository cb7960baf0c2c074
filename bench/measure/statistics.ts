/** Medians over rounds. A round that was not quiet counts only where no round was. */

/** Above this many cores of other processes' work a measurement says little. */
const QUIET_CORES = 0.25;

export interface Sample {
  readonly value: number;
  /** Mean number of cores that other processes took meanwhile; null where the system does not tell. */
  readonly otherCores: number | null;
}

/** One sample of each contender, by name. */
export type Round = Readonly<Record<string, Sample>>;

export interface Summary {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly quiet: number;
  readonly all: number;
}

interface Measured {
  readonly value: number;
  readonly isQuiet: boolean;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("internal: the median of nothing");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function isQuiet({ otherCores }: Sample): boolean {
  return otherCores !== null && otherCores < QUIET_CORES;
}

/** Whether nothing disturbed any measurement of the round. */
export function isQuietRound(round: Round): boolean {
  return Object.values(round).every(isQuiet);
}

function summarize(measured: readonly Measured[]): Summary | undefined {
  const quiet = measured.filter((one) => one.isQuiet);
  const values = (quiet.length > 0 ? quiet : measured).map(({ value }) => value);
  if (values.length === 0) return undefined;
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  return { median: median(values), lowest, highest, quiet: quiet.length, all: measured.length };
}

/** Undefined when no round has the contender. */
export function summarizeContender(rounds: readonly Round[], name: string): Summary | undefined {
  return summarize(
    rounds.flatMap((round) => {
      const sample = round[name];
      return sample === undefined ? [] : [{ value: sample.value, isQuiet: isQuiet(sample) }];
    }),
  );
}

/** Those of the contenders that were measured at all, in their order. */
export function measuredNames(rounds: readonly Round[], names: readonly string[]): readonly string[] {
  return names.filter((name) => rounds.some((round) => round[name] !== undefined));
}

/**
 * Median of the quotients over / under of each round that has both; a round is quiet when both samples are.
 * Undefined when no round has both.
 */
export function medianRatio(rounds: readonly Round[], over: string, under: string): Summary | undefined {
  return summarize(
    rounds.flatMap((round) => {
      const [a, b] = [round[over], round[under]];
      return a === undefined || b === undefined
        ? []
        : [{ value: a.value / b.value, isQuiet: isQuiet(a) && isQuiet(b) }];
    }),
  );
}
