/** The real command as a child process, for the tests of this folder. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
/** Some 11 kB of English that every clone has. */
export const TEXT = fileURLToPath(new URL("../../../LICENSE", import.meta.url));

/** Without what the test runner may have set for itself; compiled code is kept, which halves the start of a command. */
const ENVIRONMENT = {
  NO_COLOR: undefined,
  FORCE_COLOR: undefined,
  NEUROSHARD_NODE: undefined,
  NEUROSHARD_CONFIG: "",
  NODE_COMPILE_CACHE: join(tmpdir(), "neuroshard-test-compile-cache"),
};

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  /** Called with each whole line of stdout while the command runs. */
  readonly onLine?: (line: string, child: ChildProcessWithoutNullStreams) => void;
  /** Called with all of stdout so far; `type` is what a user would do at the keyboard. Without it stdin is at its end. */
  readonly onOutput?: (output: string, type: (keys: string) => void) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs `neuroshard` with these arguments to its end. */
export function neuroshard(args: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  return runProcess(process.execPath, [MAIN, ...args], options);
}

/** Runs a line of bash in which `neuroshard` is the command: a program, so that it can be stopped by its process id. */
export function bash(script: string, options: CommandOptions = {}): Promise<Finished> {
  const folder = temporaryFolder();
  const program = join(folder, "neuroshard");
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 });
  return runProcess("bash", ["-c", `PATH='${folder}':"$PATH"\n${script}`], options);
}

/**
 * Runs `neuroshard` on a terminal of its own, by the `script` of util-linux. Both streams come as stdout. `exec`: a shell
 * that stayed in between would get Ctrl-C as well, and some die of it with a code of their own.
 */
export function onTerminal(args: readonly string[], options: CommandOptions = {}): Promise<Finished> {
  const words = [process.execPath, MAIN, ...args].map((word) => `'${word}'`);
  return runProcess("script", ["--quiet", "--return", "--command", `exec ${words.join(" ")}`, "/dev/null"], options);
}

function runProcess(file: string, args: readonly string[], options: CommandOptions): Promise<Finished> {
  const child = spawn(file, args, { cwd: options.cwd, env: { ...process.env, ...ENVIRONMENT, ...options.env } });
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  let stdout = "";
  let stderr = "";
  let shown = 0;
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    stdout += part;
    options.onOutput?.(stdout, (keys) => child.stdin.write(keys));
    for (let end = stdout.indexOf("\n", shown); end !== -1; end = stdout.indexOf("\n", shown)) {
      options.onLine?.(stdout.slice(shown, end), child);
      shown = end + 1;
    }
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    stderr += part;
  });
  child.on("error", reject);
  child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  child.stdin.on("error", () => {});
  if (options.onOutput === undefined) child.stdin.end(options.stdin ?? "");
  return promise;
}

/** For hooks that run the command: on a busy machine it takes its time. */
export const HOOK_LIMIT_MS = 60_000;

/** The JSON objects of the lines of `text`. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A new empty folder, removed when the test or the suite of the caller has ended. */
export function temporaryFolder(onEnd: (remove: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "neuroshard-cli-"));
  onEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Arguments of a training run that takes a moment. */
export function trainTiny(...more: readonly string[]): string[] {
  return ["train", "--data", TEXT, "--preset", "tiny", "--seed", "1", "--threads", "1", ...more];
}
