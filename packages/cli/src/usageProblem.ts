/** A command line that cannot be understood: exit code 2. The message is one line, cause and remedy. */
import type { Command, CommanderError } from "commander";

export class UsageProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageProblem";
  }
}

/** Puts what the parser says about `command` into the one-line form. */
export function explainUsage(error: CommanderError, command: Command): UsageProblem {
  const [cause = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const similar = /Did you mean (?:one of )?(.+?)\?/.exec(suggestion ?? "")?.[1];
  const remedy = similar === undefined ? `see \`${commandPath(command)} --help\`` : `did you mean ${similar}?`;
  return new UsageProblem(`${cause.replace(/\.$/, "")}; ${remedy}`);
}

/** How the user calls the command: `neuroshard train`, `neuroshard wallet new`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}
