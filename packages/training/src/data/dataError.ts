/** The one error of everything that reads, splits or stores training data: a code for programs, a cause and a remedy for people. */

export type DataErrorCode =
  | "MISSING_FILE"
  | "UNREADABLE"
  | "NOT_A_FILE"
  | "BINARY"
  | "INVALID_UTF8"
  | "EMPTY"
  | "TOO_SMALL"
  | "TOO_LARGE"
  | "BAD_JSONL"
  | "BAD_TOKEN"
  | "BAD_MANIFEST"
  | "MISSING_SHARD"
  | "DAMAGED_SHARD"
  | "CANNOT_WRITE";

export interface DataErrorParts {
  readonly code: DataErrorCode;
  /** What is wrong, as one sentence without the final full stop. */
  readonly cause: string;
  /** What the user can do about it, in the same form. */
  readonly remedy: string;
  /** The figures behind the sentence (path, line, byte offset, ...), for programs and tests. */
  readonly data?: Readonly<Record<string, string | number>>;
}

/** `message` is one line: cause, then remedy. */
export class DataError extends Error {
  readonly code: DataErrorCode;
  readonly remedy: string;
  readonly data: Readonly<Record<string, string | number>>;

  constructor({ code, cause, remedy, data = {} }: DataErrorParts) {
    super(`${cause}; ${remedy}`);
    this.name = "DataError";
    this.code = code;
    this.remedy = remedy;
    this.data = data;
  }
}
