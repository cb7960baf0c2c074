/** How much work replaying a part of a commit is, in inner steps; the compression step counts as a segment. */
import type { Params } from "../params/params.ts";
import type { WorkCommit } from "../work/workCommit.ts";

export function partSteps(params: Params, { steps, segments }: WorkCommit, part: number): number {
  const segmentSteps = params.get("training.diloco.SEGMENT_STEPS");
  return part < segments.length ? Math.min(segmentSteps, steps - part * segmentSteps) : segmentSteps;
}
