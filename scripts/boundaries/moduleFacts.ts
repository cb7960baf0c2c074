/** What the rules need to know about one module, as plain data. Lines count from 1. */

/** Imported names of one statement; `all` where the statement takes the whole module (namespace, dynamic, URL). */
export interface ImportFact {
  readonly specifier: string;
  readonly line: number;
  readonly names: readonly string[] | "all";
}

export interface ExportFact {
  readonly name: string;
  readonly line: number;
  readonly isType: boolean;
  /** Present for `export { original as name } from "specifier"`. */
  readonly from?: { readonly specifier: string; readonly original: string };
}

export interface FunctionFact {
  readonly name: string;
  readonly line: number;
  readonly lineCount: number;
  /** Number of branches plus one. */
  readonly complexity: number;
  /** True for the callback of a test suite: a list of tests, whose length is that of the file. */
  readonly isSuite: boolean;
}

/** A name that the code reads: `process`, `Math.random` for a member of a plain name, `**` for a power of variables. */
export interface ReferenceFact {
  readonly name: string;
  readonly line: number;
}

export interface CommentFact {
  readonly text: string;
  readonly line: number;
}

export interface ModuleFacts {
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly functions: readonly FunctionFact[];
  readonly references: readonly ReferenceFact[];
  readonly comments: readonly CommentFact[];
  /** Lines with an `async` function or an `await`. */
  readonly asyncLines: readonly number[];
  /** How often each identifier occurs, declarations included. */
  readonly nameCounts: ReadonlyMap<string, number>;
}
