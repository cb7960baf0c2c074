/** What the project wants to reach, and whether a run reached it. */
import type { Summary } from "../measure/statistics.ts";
import type { Table } from "./table.ts";

export interface Target {
  readonly what: string;
  readonly bound: number;
  readonly comparison: "at least" | "at most";
  /** Follows the numbers, with its space if it wants one: `x`, ` tokens/s`. */
  readonly unit: string;
  readonly decimals: number;
  /** Undefined when it could not be measured. */
  readonly measured: number | undefined;
  /** Whether a quiet round is among those measured; absent where load does not matter. */
  readonly isQuiet?: boolean;
}

/** Target for a median over rounds. */
export function targetOf(target: Omit<Target, "measured" | "isQuiet">, summary: Summary | undefined): Target {
  if (summary === undefined) return { ...target, measured: undefined };
  return { ...target, measured: summary.median, isQuiet: summary.quiet > 0 };
}

function verdict({ measured, bound, comparison, isQuiet }: Target): string {
  if (measured === undefined) return "not measured";
  // A disturbed peer would flatter us, a disturbed engine of ours the peer.
  if (isQuiet === false) return "open: no quiet round";
  const isReached = comparison === "at least" ? measured >= bound : measured <= bound;
  return isReached ? "reached" : "**missed**";
}

export function targetTable(targets: readonly Target[]): Table {
  const rows = targets.map((target) => {
    const { what, comparison, bound, unit, decimals, measured } = target;
    const sign = comparison === "at least" ? ">=" : "<=";
    const shown = measured === undefined ? "-" : `${measured.toFixed(decimals)}${unit}`;
    return [what, `${sign} ${bound.toFixed(decimals)}${unit}`, shown, verdict(target)];
  });
  return { title: "Targets", header: ["what", "target", "measured", "verdict"], rows };
}
