/** What went wrong with a call, for programs by its code and for people by its message. */
import type { ApiErrorCode } from "./errors/apiErrorCode.ts";

/** Besides what nodes answer: no answer, none in time, or one that does not follow the contract. */
export type NeuroErrorCode = ApiErrorCode | "UNREACHABLE" | "TIMED_OUT" | "BAD_ANSWER";

export interface NeuroErrorDetails {
  readonly code: NeuroErrorCode;
  /** The cause; the remedy. */
  readonly message: string;
  /** The figures behind the code, as text. */
  readonly data?: Readonly<Record<string, string>>;
  /** Of HTTP; null where there was no answer. */
  readonly status?: number | null;
  readonly cause?: unknown;
}

export class NeuroError extends Error {
  readonly code: NeuroErrorCode;
  readonly data: Readonly<Record<string, string>>;
  readonly status: number | null;

  constructor({ code, message, data = {}, status = null, cause }: NeuroErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "NeuroError";
    this.code = code;
    this.data = data;
    this.status = status;
  }
}
