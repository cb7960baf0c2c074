/** The `neuroshard` command line: its commands, its help, and how the parser reports what it cannot read. */
import { readFileSync } from "node:fs";
import { Command, type CommanderError } from "commander";
import { bench } from "./commands/bench.ts";
import { account } from "./commands/chain/account.ts";
import { burn } from "./commands/chain/burn.ts";
import { delegate } from "./commands/chain/delegate.ts";
import { init } from "./commands/chain/init.ts";
import { params } from "./commands/chain/params.ts";
import { peers } from "./commands/chain/peers.ts";
import { rounds } from "./commands/chain/rounds.ts";
import { send } from "./commands/chain/send.ts";
import { stake } from "./commands/chain/stake.ts";
import { start } from "./commands/chain/start.ts";
import { status } from "./commands/chain/status.ts";
import { supply } from "./commands/chain/supply.ts";
import { tx } from "./commands/chain/tx.ts";
import { unstake } from "./commands/chain/unstake.ts";
import { validators } from "./commands/chain/validators.ts";
import { chat } from "./commands/chat.ts";
import type { AnyCommand, CommandGroup } from "./commands/command.ts";
import { completionOf } from "./commands/completion.ts";
import { doctor } from "./commands/doctor.ts";
import { exportCommand } from "./commands/exportCommand.ts";
import { generate } from "./commands/generate.ts";
import { nep } from "./commands/nep/nep.ts";
import { token } from "./commands/token/token.ts";
import { train } from "./commands/train.ts";
import { up } from "./commands/up.ts";
import { verify } from "./commands/verify.ts";
import { wallet } from "./commands/wallet/wallet.ts";
import { applySettings, withEnvironment } from "./settings/applySettings.ts";
import { readSettings } from "./settings/settingsFile.ts";
import type { Surface } from "./terminal/surface.ts";
import { commandPath, explainUsage, UsageProblem } from "./usageProblem.ts";

/** In the order of the help. */
const ENTRIES: readonly (AnyCommand | CommandGroup)[] = [
  up,
  train,
  generate,
  chat,
  bench,
  exportCommand,
  verify,
  init,
  start,
  status,
  doctor,
  wallet,
  token,
  account,
  send,
  burn,
  stake,
  unstake,
  delegate,
  tx,
  supply,
  validators,
  peers,
  rounds,
  params,
  nep,
  completionOf(() => ENTRIES),
];

const COMMAND_NAMES = ENTRIES.map(({ name }) => name);

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
  for (const entry of ENTRIES) addEntry(program, entry, surface);
  return program;
}

function addEntry(parent: Command, entry: AnyCommand | CommandGroup, surface: Surface): void {
  if ("commands" in entry) addGroup(parent, entry, surface);
  else addCommand(parent, entry, surface);
}

function addGroup(parent: Command, { name, summary, commands }: CommandGroup, surface: Surface): void {
  const group = parent.command(name).description(summary);
  refuseOnOneLine(group);
  for (const definition of commands) addCommand(group, definition, surface);
}

function addCommand(parent: Command, definition: AnyCommand, surface: Surface): void {
  const command = parent.command(definition.name).description(definition.summary);
  for (const argument of definition.arguments ?? []) command.addArgument(argument);
  for (const option of definition.options) command.addOption(withEnvironment(option));
  const examples = definition.examples.map((line) => `  $ neuroshard ${line}\n`).join("");
  command.addHelpText("after", `\nExamples:\n${examples.trimEnd()}`);
  command.action(() => {
    applySettings(command, readSettings(process.env, COMMAND_NAMES));
    requireFlags(command, definition.required);
    return definition.run(command.opts(), surface, command.processedArgs);
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
