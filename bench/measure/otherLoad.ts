/**
 * How busy the rest of the machine is: a two-thread engine whose second core is taken by another process gets several
 * times slower, so that a measurement counts only when it was quiet.
 */
import { readFileSync } from "node:fs";

/** Linux gives CPU times to programs in hundredths of a second, whatever the kernel's own clock is. */
const TICKS_PER_SECOND = 100;

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Time that all processors have worked, the host's share (steal) included, in ticks. */
function machineTicks(): number | undefined {
  const firstLine = readIfPresent("/proc/stat")?.split("\n")[0];
  if (firstLine === undefined) return undefined;
  const [user, nice, system, , , irq, softirq, steal] = firstLine.trim().split(/\s+/).slice(1).map(Number);
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, ticks) => sum + (ticks ?? 0), 0);
}

/** Time that a process and its threads have worked; 0 once it is gone. */
function processTicks(pid: number): number {
  // The name in parentheses may hold spaces; user and system time are the 12th and 13th fields after it.
  const fields = readIfPresent(`/proc/${pid}/stat`)?.split(")").at(-1)?.trim().split(" ");
  return fields === undefined ? 0 : Number(fields[11]) + Number(fields[12]);
}

function otherTicks(pids: readonly number[]): number | undefined {
  const machine = machineTicks();
  return machine === undefined ? undefined : pids.reduce((rest, pid) => rest - processTicks(pid), machine);
}

/**
 * Starts watching; the returned function gives the mean number of cores that everything but processes `pids` took since
 * then, or null where /proc is missing. Contenders that should be asleep count as others.
 */
export function watchOtherLoad(...pids: readonly number[]): () => number | null {
  const startedAt = performance.now();
  const before = otherTicks(pids);
  return () => {
    const after = otherTicks(pids);
    if (before === undefined || after === undefined) return null;
    const seconds = (performance.now() - startedAt) / 1000;
    return Number(Math.max(0, (after - before) / TICKS_PER_SECOND / seconds).toFixed(3));
  };
}
