/** The common form of the commands: one description of each, which the program turns into a parser. */
import type { Argument, Option } from "commander";
import type { Surface } from "../terminal/surface.ts";

/** `Words` are the values of `arguments`, in their order. */
export interface CommandDefinition<Flags, Words extends readonly unknown[] = readonly []> {
  readonly name: string;
  readonly summary: string;
  /** Command lines that work, without the program's name. */
  readonly examples: readonly string[];
  /** What stands on the line without a flag, `send ADDRESS AMOUNT`. */
  readonly arguments?: readonly Argument[];
  readonly options: readonly Option[];
  /** Long flags that must be given. */
  readonly required: readonly string[];
  /**
   * Does the work. Results go to stdout, progress to stderr.
   * @throws {Interrupted} when it was stopped early; whatever else it throws is shown by `reportFailure`.
   */
  run(flags: Flags, surface: Surface, words: Words): Promise<void>;
}

export type AnyCommand = CommandDefinition<unknown, readonly unknown[]>;

/** Commands under one word: `neuroshard wallet new`, `neuroshard wallet show`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly AnyCommand[];
}
