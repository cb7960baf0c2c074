/** Size budgets, and the files that are excused from a rule, each with the reason. */

export const MAX_FILE_LINES = 400;
export const MAX_FUNCTION_LINES = 60;
export const MAX_CYCLOMATIC_COMPLEXITY = 12;

export interface Exception {
  /** The `rule` of the violations that are excused. */
  readonly rule: string;
  /** Repository path of the one file that is excused. */
  readonly path: string;
  readonly reason: string;
}

/** An entry that excuses nothing any more is itself reported. */
export const EXCEPTIONS: readonly Exception[] = [];
