/** Completion as a shell does it: bash reads the script and is asked what could follow. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { neuroshard, temporaryFolder } from "./command.ts";

async function scriptOf(shell: string): Promise<string> {
  const { exitCode, stdout } = await neuroshard(["completion", shell]);
  expect(exitCode).toBe(0);
  return stdout;
}

/** What bash offers after `words`, the last of which is being typed. */
function offered(script: string, words: readonly string[]): readonly string[] {
  const folder = temporaryFolder();
  const path = join(folder, "completion.sh");
  writeFileSync(path, script);
  const asked = `. ${path}; COMP_WORDS=(neuroshard "$@"); COMP_CWORD=$#; _neuroshard; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", asked, "bash", ...words], { encoding: "utf8", cwd: folder })
    .trim()
    .split("\n");
}

test("bash completes commands, those of a group, words and flags", async () => {
  const script = await scriptOf("bash");
  expect(offered(script, ["sta"])).toEqual(["start", "status", "stake"]);
  expect(offered(script, ["nep", "sub"])).toEqual(["submit"]);
  expect(offered(script, ["nep", "show", "--js"])).toEqual(["--json"]);
  expect(offered(script, ["completion", "z"])).toEqual(["zsh"]);
  expect(offered(script, ["start", "--net"])).toEqual(["--network"]);
});

test("what is for programs alone is not offered", async () => {
  expect(await scriptOf("bash")).not.toContain("--attached");
});

test("fish and zsh get the same words", async () => {
  expect(await scriptOf("fish")).toMatch(
    /-n "__fish_seen_subcommand_from nep; and __fish_seen_subcommand_from show" -a "[^"]*--json/,
  );
  expect(await scriptOf("zsh")).toMatch(/^#compdef neuroshard\n/);
});

test("a shell that is not known is refused with those that are", async () => {
  const { exitCode, stderr } = await neuroshard(["completion", "csh"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/bash, zsh, fish/);
});
