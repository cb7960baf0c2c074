/** What is wrong in a NEP file, and where. Lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export type NepProblemCode =
  | "TOO_LARGE"
  | "CONTROL_CHARACTER"
  | "NO_FRONT_MATTER"
  | "BAD_YAML"
  | "YAML_ALIAS"
  | "YAML_TAG"
  | "MISSING_KEY"
  | "UNKNOWN_KEY"
  | "DUPLICATE_KEY"
  | "WRONG_TYPE"
  | "BAD_NUMBER"
  | "UNKNOWN_WORD"
  | "BAD_DIGEST"
  | "TOO_LONG"
  | "OUTSIDE_SECTION"
  | "DUPLICATE_SECTION"
  | "UNKNOWN_SECTION"
  | "OPEN_FENCE"
  | "EMPTY"
  | "BAD_METADATA"
  | "BAD_VERSION"
  | "THRESHOLD"
  | "NO_CHANGE"
  | "UNKNOWN_PARAMETER"
  | "BAD_VALUE"
  | "SAME_VALUE"
  | "WRONG_PROPOSAL_TYPE"
  | "MARKUP";

export interface NepProblem extends Place {
  /** An error keeps the proposal from being submitted; a warning is for the author to judge. */
  readonly severity: "error" | "warning";
  readonly code: NepProblemCode;
  /** One line: the cause, a semicolon, the remedy. */
  readonly message: string;
}

/** More than a person reads at once; a file can be made to have a hundred thousand. */
const MOST_PROBLEMS = 200;

/** Problems as they are found, and where every field stands, for checks that come later. */
export class Findings {
  readonly #problems: NepProblem[] = [];
  readonly #places = new Map<string, Place>();

  error(place: Place, code: NepProblemCode, message: string): void {
    this.#add(place, { severity: "error", code, message });
  }

  warn(place: Place, code: NepProblemCode, message: string): void {
    this.#add(place, { severity: "warning", code, message });
  }

  #add({ line, column }: Place, rest: Pick<NepProblem, "severity" | "code" | "message">): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push({ line, column, ...rest });
  }

  /** `path`: names in the file, `parameters[0].new`. */
  mark(path: string, { line, column }: Place): void {
    this.#places.set(path, { line, column });
  }

  isMarked(path: string): boolean {
    return this.#places.has(path);
  }

  /** Where a field stands; where it is missing, what contains it. */
  placeOf(path: string): Place {
    const outer = path.replace(/(\.[^.[\]]+|\[\d+\])$/, "");
    return this.#places.get(path) ?? (outer === path ? { line: 1, column: 1 } : this.placeOf(outer));
  }

  get hasErrors(): boolean {
    return this.#problems.some(({ severity }) => severity === "error");
  }

  hasErrorAt({ line, column }: Place): boolean {
    return this.#problems.some((problem) => problem.line === line && problem.column === column);
  }

  inOrder(): readonly NepProblem[] {
    return this.#problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }
}
