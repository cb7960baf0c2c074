/**
 * Ends the parts of a node one after the other, within a time for all of them: what does not end is given up and named,
 * and those after it still have their turn.
 */
import { type Clock, realClock } from "@neuroshard/network";
import { NodeError } from "./nodeError.ts";

export interface Stoppable {
  /** For people, after "the". */
  readonly name: string;
  stop(): Promise<void>;
}

/** What each part has at least, however long those before it took. */
const LEAST_MS = 500;

/** Throws the first fault when all have had their turn, or NodeError STUCK where parts were given up. */
export async function stopInOrder(
  parts: readonly Stoppable[],
  mostMs: number,
  clock: Clock = realClock,
): Promise<void> {
  const endMs = clock.nowMs() + mostMs;
  const stuck: string[] = [];
  const faults: unknown[] = [];
  for (const [index, part] of parts.entries()) {
    const keptMs = (parts.length - 1 - index) * LEAST_MS;
    const limitMs = Math.max(LEAST_MS, endMs - clock.nowMs() - keptMs);
    const ended = await endsWithin(part, { limitMs, clock, faults });
    if (!ended) stuck.push(part.name);
  }
  if (faults.length > 0) throw faults[0];
  if (stuck.length === 0) return;
  const what = stuck.map((name) => `the ${name}`).join(" and ");
  const cause = `${what} did not end within ${Math.round(mostMs / 1000)} s and ${stuck.length === 1 ? "was" : "were"} given up`;
  throw new NodeError("STUCK", `${cause}; all that was committed is on the disk, start the node again`);
}

interface Patience {
  readonly limitMs: number;
  readonly clock: Clock;
  /** Those that come in time. */
  readonly faults: unknown[];
}

async function endsWithin(part: Stoppable, { limitMs, clock, faults }: Patience): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const cancel = clock.after(limitMs, () => resolve(false));
  const ended = part.stop().then(
    () => true,
    (error: unknown) => {
      faults.push(error);
      return true;
    },
  );
  const isEnded = await Promise.race([ended, late]);
  cancel();
  return isEnded;
}
