/** How measured numbers look in a table. */
import { isQuietRound, type Round, type Summary } from "../measure/statistics.ts";

export function numberCell(summary: Summary | undefined, decimals: number): string {
  return summary === undefined ? "-" : summary.median.toFixed(decimals);
}

/** Lowest to highest of the rounds that count. */
export function rangeCell(summary: Summary | undefined, decimals: number): string {
  return summary === undefined ? "-" : `${summary.lowest.toFixed(decimals)}..${summary.highest.toFixed(decimals)}`;
}

export function ratioCell(ratio: Summary | undefined): string {
  if (ratio === undefined) return "-";
  return `${ratio.median.toFixed(2)}x${ratio.quiet === 0 ? " (busy)" : ""}`;
}

/** Quiet measurements of all. */
export function quietCell(summary: Summary | undefined): string {
  return summary === undefined ? "-" : `${summary.quiet}/${summary.all}`;
}

/** One sentence on how far the rounds can be trusted. */
export function describeQuiet(what: string, rounds: readonly Round[]): string {
  const quiet = rounds.filter(isQuietRound).length;
  const measured = rounds.flatMap((round) => Object.values(round));
  const isNeverQuiet = rounds.every((round) =>
    Object.keys(round).every((name) => !isQuietRound({ [name]: round[name]! })),
  );
  if (measured.length === 0) return `${what}: nothing was measured.`;
  if (isNeverQuiet) return `${what}: **no measurement was quiet**; these numbers were taken on a busy machine.`;
  return `${what}: ${quiet} of ${rounds.length} rounds were quiet throughout.`;
}
