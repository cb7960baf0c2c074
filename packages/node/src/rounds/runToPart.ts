/** The state before a part of somebody's work, by doing the work again from the start of the slot, whose blobs are here. */
import { type Digest, segmentDigest } from "@neuroshard/protocol";
import type { RoundWorker, SegmentState } from "@neuroshard/training";
import { NodeError } from "../nodeError.ts";
import type { Part } from "./partStart.ts";
import { slotStartOf } from "./slotStart.ts";

class Reached extends Error {}

/** Throws NodeError NO_WORK where an earlier part is not what was committed to. */
export async function runToPart(part: Part, worker: RoundWorker, signal: AbortSignal): Promise<SegmentState> {
  const { state, round, slot, commit, segment } = part;
  const enough = new AbortController();
  const made: SegmentState[] = [];
  const start = slotStartOf(state, round, slot, commit);
  const onSegment = (reached: SegmentState): void => {
    made.push(reached);
    if (made.length === segment || !isCommitted(reached, commit.segments[made.length - 1]!))
      enough.abort(new Reached());
  };
  try {
    await worker.train(start, { signal: AbortSignal.any([signal, enough.signal]), onSegment });
  } catch (error) {
    // What comes after it may lack blobs that nobody needs here.
    if (!enough.signal.aborted) throw error;
  }
  const index = made.findIndex((each, place) => !isCommitted(each, commit.segments[place]!));
  if (index !== -1) {
    const cause = `part ${index} of the work already ends in another state than was committed to`;
    throw new NodeError("NO_WORK", `${cause}; verify that one, with --segment ${index}`);
  }
  const reached = made[segment - 1];
  if (reached === undefined) throw new Error("internal: the slot ended before its part");
  return reached;
}

function isCommitted({ weights, optimizer }: SegmentState, committed: Digest): boolean {
  return segmentDigest(weights, optimizer) === committed;
}
