/** Why a value cannot be set. Values stand in it as people write them. */
import type { ParamKey } from "./registry.ts";

export type ParamProblem =
  | { readonly code: "PARAM_UNKNOWN"; readonly key: string }
  | { readonly code: "PARAM_WRONG_TYPE"; readonly key: ParamKey; readonly expected: string; readonly actual: string }
  | {
      readonly code: "PARAM_OUT_OF_RANGE";
      readonly key: ParamKey;
      readonly value: string;
      readonly least: string;
      readonly most: string;
    }
  | { readonly code: "PARAM_UNKNOWN_WORD"; readonly key: ParamKey; readonly value: string; readonly words: string }
  | { readonly code: "PARAM_BAD_SCHEDULE"; readonly key: ParamKey; readonly detail: string }
  | {
      readonly code: "PARAM_STEP_TOO_LARGE";
      readonly key: ParamKey;
      readonly from: string;
      readonly to: string;
      readonly largestStep: string;
    }
  | { readonly code: "PARAM_INVARIANT"; readonly invariant: string; readonly detail: string };

export type ParamResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ParamProblem };
