/** Settings in their one order: the line, the environment, the settings file, the defaults. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { neuroshard, temporaryFolder } from "./command.ts";

/** A folder with a settings file. */
function folderWith(settings: string): { readonly cwd: string; readonly env: { readonly NEUROSHARD_CONFIG: string } } {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "settings.yaml"), settings);
  return { cwd, env: { NEUROSHARD_CONFIG: "settings.yaml" } };
}

const MADE = ["wallet", "new", "--json"];

test("a value comes from the line before the environment, from there before the file, and from the file before the default", async () => {
  const { cwd, env } = folderWith("home: from-file\n");
  const both = { ...env, NEUROSHARD_HOME: "from-environment" };
  for (const [args, given, home] of [
    [[...MADE, "--home", "from-line"], both, "from-line"],
    [MADE, both, "from-environment"],
    [MADE, env, "from-file"],
    [MADE, {}, ".neuroshard"],
  ] as const) {
    expect(existsSync(join(cwd, home))).toBe(false);
    expect(await neuroshard(args, { cwd, env: given })).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(cwd, home))).toBe(true);
  }
});

test("values under the name of a command go before the common ones, for that command alone", async () => {
  const { cwd, env } = folderWith("home: common\ninit:\n  home: own\n");
  expect(await neuroshard(["init", "--name", "lab", "--json"], { cwd, env })).toMatchObject({ exitCode: 0 });
  expect(existsSync(join(cwd, "own"))).toBe(true);
  expect(existsSync(join(cwd, "common"))).toBe(false);
});

test.each([
  ["prot: 1\n", 1, "settings.yaml: 'prot' is no setting; choose from home, "],
  ["port: [\n", 1, "settings.yaml:2: is no YAML"],
  ["- home\n", 1, "settings.yaml: holds no list of names and values"],
  ["home: { a: 1 }\n", 1, "settings.yaml: home is neither a text nor a number"],
  ["port: many\n", 2, "settings.yaml: --port is 'many'; give a whole number"],
])("%j is refused with its place", async (settings, exitCode, message) => {
  const { cwd, env } = folderWith(settings);
  const finished = await neuroshard(["start"], { cwd, env });
  expect(finished.exitCode).toBe(exitCode);
  expect(finished.stderr).toContain(message);
  expect(finished.stderr.trim().split("\n")).toHaveLength(1);
});

test("a file that is named and missing is told", async () => {
  const { exitCode, stderr } = await neuroshard(["status"], { env: { NEUROSHARD_CONFIG: "nowhere.yaml" } });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/the settings file cannot be read \(.*nowhere\.yaml.*\)/);
});
