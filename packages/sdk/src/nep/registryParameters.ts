/** The parameters of this protocol, for the linter: which there are, what they can be, and who may change them. */
import {
  type ChainClock,
  type ChangeValue,
  checkValue,
  entryOf,
  type NepType,
  PARAM_KEYS,
  type ParamProblem,
  paramFromChange,
  paramKeyOf,
} from "@neuroshard/protocol";

export interface KnownParameter {
  /** Types of proposals that may change it. */
  readonly types: readonly NepType[];
  /** Why it cannot have this value, as the rest of a sentence with its remedy; undefined when it can. */
  check(value: ChangeValue): string | undefined;
}

export interface KnownParameters {
  /** `module.PARAMETER` */
  readonly keys: readonly string[];
  find(module: string, parameter: string): KnownParameter | undefined;
}

/** `clock`: of the network that the proposal is for; bounds of durations are counted in its blocks. */
export function registryParameters(clock: ChainClock): KnownParameters {
  return {
    keys: PARAM_KEYS,
    find(module, parameter) {
      const key = paramKeyOf(module, parameter);
      if (key === undefined) return undefined;
      const { types, isEmergencyChangeable } = entryOf(key);
      return {
        types: isEmergencyChangeable ? [...types, "emergency"] : types,
        check(value) {
          const read = paramFromChange(key, value);
          const problem = read.ok ? checkValue(key, read.value, clock) : read.problem;
          return problem && reasonOf(problem);
        },
      };
    },
  };
}

function reasonOf(problem: ParamProblem): string {
  switch (problem.code) {
    case "PARAM_WRONG_TYPE":
      return `is a ${problem.actual}; write a ${problem.expected}`;
    case "PARAM_OUT_OF_RANGE":
      return `is out of range; write a value from ${problem.least} to ${problem.most}`;
    case "PARAM_UNKNOWN_WORD":
      return `is unknown; use one of ${problem.words}`;
    case "PARAM_BAD_SCHEDULE":
      return `is no schedule; ${problem.detail}`;
    default:
      return `cannot be set; see ${problem.code} in the specification of parameters`;
  }
}
