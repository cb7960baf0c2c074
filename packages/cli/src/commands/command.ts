/** The common form of the commands: one description of each, which the program turns into a parser. */
import type { Option } from "commander";
import type { Surface } from "../terminal/surface.ts";

export interface CommandDefinition<Flags> {
  readonly name: string;
  readonly summary: string;
  /** Command lines that work, without the program's name. */
  readonly examples: readonly string[];
  readonly options: readonly Option[];
  /** Long flags that must be given. */
  readonly required: readonly string[];
  /**
   * Does the work. Results go to stdout, progress to stderr.
   * @throws {Interrupted} when it was stopped early; whatever else it throws is shown by `reportFailure`.
   */
  run(flags: Flags, surface: Surface): Promise<void>;
}
