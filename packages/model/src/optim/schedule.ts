/** Learning rate by step. Steps count from 1; arithmetic is the same on every machine. */
import { cosSin } from "@neuroshard/tensor";

export type ScheduleKind = "constant" | "cosine";

export interface Schedule {
  readonly kind: ScheduleKind;
  readonly peak: number;
  /** The rate rises linearly over these first steps. */
  readonly warmUpSteps: number;
  /** The cosine ends here, at a tenth of the peak. */
  readonly totalSteps: number;
}

const FINAL_SHARE = 0.1;

const rules: { readonly [K in ScheduleKind]: (schedule: Schedule, progress: number) => number } = {
  constant: ({ peak }) => peak,
  cosine: ({ peak }, progress) => {
    const low = peak * FINAL_SHARE;
    return low + 0.5 * (peak - low) * (1 + cosSin(progress * Math.PI).cos);
  },
};

export function learningRate(schedule: Schedule, step: number): number {
  const { kind, peak, warmUpSteps, totalSteps } = schedule;
  if (step < warmUpSteps) return (peak * step) / warmUpSteps;
  const span = Math.max(1, totalSteps - warmUpSteps);
  return rules[kind](schedule, Math.min(1, (step - warmUpSteps) / span));
}
