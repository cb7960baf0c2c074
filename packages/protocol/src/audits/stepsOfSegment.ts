/** How much work replaying a segment of a commit is, in inner steps; the compression step after it is little. */
import type { Params } from "../params/params.ts";
import type { WorkCommit } from "../work/workCommit.ts";

/** `rules`: the parameters in force when the round opened. */
export function stepsOfSegment(rules: Params, { steps }: WorkCommit, segment: number): number {
  const segmentSteps = rules.get("training.diloco.SEGMENT_STEPS");
  return Math.min(segmentSteps, steps - segment * segmentSteps);
}

/** Steps whose state can be asked for: not the last one where there is another, since the state after that one is committed. */
export function interiorStepsOf(rules: Params, commit: WorkCommit, segment: number): number {
  return Math.max(1, stepsOfSegment(rules, commit, segment) - 1);
}
