/** The `neuroshard` command line: its commands, its help, and how the parser reports what it cannot read. */
import { readFileSync } from "node:fs";
import { Command, type CommanderError } from "commander";
import { bench } from "./commands/bench.ts";
import { chat } from "./commands/chat.ts";
import type { CommandDefinition } from "./commands/command.ts";
import { exportCommand } from "./commands/exportCommand.ts";
import { generate } from "./commands/generate.ts";
import { train } from "./commands/train.ts";
import { up } from "./commands/up.ts";
import { verify } from "./commands/verify.ts";
import type { Surface } from "./terminal/surface.ts";
import { commandPath, explainUsage, UsageProblem } from "./usageProblem.ts";

export function createProgram(surface: Surface): Command {
  const program = new Command("neuroshard");
  program
    .description("Trains, checks and runs language models with the same bits on every machine.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", `\nExit codes: 0 done, 1 refused or failed, 2 usage, 130 stopped by Ctrl-C.`)
    .configureOutput({
      writeOut: (text) => surface.stdout.write(text),
      writeErr: (text) => surface.stderr.write(text),
      outputError: () => {},
    });
  refuseOnOneLine(program);
  addCommand(program, up, surface);
  addCommand(program, train, surface);
  addCommand(program, generate, surface);
  addCommand(program, chat, surface);
  addCommand(program, bench, surface);
  addCommand(program, exportCommand, surface);
  addCommand(program, verify, surface);
  return program;
}

function addCommand<Flags>(program: Command, definition: CommandDefinition<Flags>, surface: Surface): void {
  const command = program.command(definition.name).description(definition.summary);
  for (const option of definition.options) command.addOption(option);
  const examples = definition.examples.map((line) => `  $ neuroshard ${line}\n`).join("");
  command.addHelpText("after", `\nExamples:\n${examples.trimEnd()}`);
  command.action((flags: Flags) => {
    requireFlags(command, definition.required);
    return definition.run(flags, surface);
  });
  refuseOnOneLine(command);
}

/** Not left to the parser: it would complain about a missing option where the user has misspelt it. */
function requireFlags(command: Command, names: readonly string[]): void {
  for (const option of command.options) {
    const isMissing = names.includes(option.long ?? "") && command.getOptionValue(option.attributeName()) === undefined;
    if (isMissing) throw new UsageProblem(`${option.flags} is missing; see \`${commandPath(command)} --help\``);
  }
}

function refuseOnOneLine(command: Command): void {
  command.exitOverride((error: CommanderError) => {
    const isHelpOrVersion = error.exitCode === 0 || error.code === "commander.help";
    throw isHelpOrVersion ? error : explainUsage(error, command);
  });
}

function readVersion(): string {
  const manifest = new URL("../package.json", import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
