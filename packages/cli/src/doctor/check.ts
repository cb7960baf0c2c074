/** One thing that `neuroshard doctor` looks at. */
import type { BenchResult } from "@neuroshard/node";
import type { Client, StatusView } from "@neuroshard/sdk";

/** `notice`: works, and could be better. `problem`: does not work. `unknown`: cannot be told from here. */
export type Verdict = "good" | "notice" | "problem" | "unknown";

export interface Finding {
  readonly verdict: Verdict;
  /** What was found, with its figures. */
  readonly found: string;
  /** What to do about it; absent where nothing is to be done. */
  readonly remedy?: string;
}

/** The node that answers at the address given, where one does. */
export interface AnsweringNode {
  readonly client: Client;
  readonly status: StatusView;
}

export interface Examined {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** Threads to measure with; undefined: as many as the engine takes by itself. */
  readonly threads: number | undefined;
  readonly preset: string;
  readonly node: AnsweringNode | undefined;
  /** Of this machine's engine. */
  readonly measured: BenchResult;
}

export type Check = (examined: Examined) => Finding | Promise<Finding>;
