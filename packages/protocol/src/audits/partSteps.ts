/** How much work replaying a part of a commit is, in inner steps; the compression step counts as a segment. */
import type { Params } from "../params/params.ts";
import type { WorkCommit } from "../work/workCommit.ts";

/** `rules`: the parameters in force when the round opened. */
export function partSteps(rules: Params, { steps, segments }: WorkCommit, part: number): number {
  const segmentSteps = rules.get("training.diloco.SEGMENT_STEPS");
  return part < segments.length ? Math.min(segmentSteps, steps - part * segmentSteps) : segmentSteps;
}

/** Steps whose state can be asked for: not the last one where there is another, since the state after that one is committed. */
export function interiorStepsOf(rules: Params, commit: WorkCommit, part: number): number {
  return Math.max(1, partSteps(rules, commit, part) - 1);
}
