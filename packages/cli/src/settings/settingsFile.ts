/**
 * The settings file: values for flags that are not on the line. A member that is named like a command holds values for that
 * command alone, and they go before the common ones.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { Refusal } from "../refusal.ts";
import { SETTING_NAMES } from "./environment.ts";

/** Texts as they would stand on a command line. */
type Values = ReadonlyMap<string, string>;

export interface Settings {
  /** Undefined where there is no file. */
  readonly path: string | undefined;
  readonly common: Values;
  readonly ofCommand: ReadonlyMap<string, Values>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const NO_SETTINGS: Settings = { path: undefined, common: new Map(), ofCommand: new Map() };
const MOST_BYTES = 65_536;

/**
 * The file that `NEUROSHARD_CONFIG` names, else `neuroshard/config.yaml` in the user's folder of settings, where it exists.
 * An empty name: none.
 * @throws {Refusal} when it cannot be read, or says something that no command can be told.
 */
export function readSettings(environment: Environment, commands: readonly string[]): Settings {
  const named = environment.NEUROSHARD_CONFIG;
  if (named === "") return NO_SETTINGS;
  const folder = environment.XDG_CONFIG_HOME ?? join(homedir(), ".config");
  const path = named ?? join(folder, "neuroshard", "config.yaml");
  if (named === undefined && !existsSync(path)) return NO_SETTINGS;
  return parseSettings(path, readText(path), commands);
}

function readText(path: string): string {
  try {
    if (statSync(path).size > MOST_BYTES) throw new Refusal(`${path} has more than ${MOST_BYTES} bytes; shorten it`);
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw new Refusal(`the settings file cannot be read (${cause}); mend it, or unset NEUROSHARD_CONFIG`);
  }
}

function parseSettings(path: string, text: string, commands: readonly string[]): Settings {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line } = lineCounter.linePos(fault.pos[0]);
    throw new Refusal(`${path}:${line}: is no YAML (${fault.message.split("\n")[0]}); mend that line`);
  }
  const content: unknown = document.toJS() ?? {};
  const common = new Map<string, string>();
  const ofCommand = new Map<string, Values>();
  for (const [name, value] of membersOf(content, path)) {
    if (commands.includes(name)) ofCommand.set(name, valuesOf(membersOf(value, `${path}: ${name}`), path));
    else common.set(name, textOf(name, value, path));
  }
  return { path, common, ofCommand };
}

function membersOf(value: unknown, where: string): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new Refusal(`${where}: holds no list of names and values; write lines such as \`port: 8000\``);
}

function valuesOf(members: readonly [string, unknown][], path: string): Values {
  return new Map(members.map(([name, value]) => [name, textOf(name, value, path)]));
}

function textOf(name: string, value: unknown, path: string): string {
  if (!SETTING_NAMES.includes(name)) {
    throw new Refusal(`${path}: '${name}' is no setting; choose from ${SETTING_NAMES.join(", ")}`);
  }
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(",");
  throw new Refusal(`${path}: ${name} is neither a text nor a number; write it as on the command line`);
}
