/** The command line as such: version, help, and what a bug looks like. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { neuroshard } from "./command.ts";

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await neuroshard(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test("--help lists the commands, and each command explains itself with an example", async () => {
  const { exitCode, stdout } = await neuroshard(["--help"]);
  expect(exitCode).toBe(0);
  const names = [...stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, name]) => name!);
  expect(names.sort()).toEqual(["bench", "chat", "export", "generate", "train", "up", "verify"]);
  const helps = await Promise.all(names.map((name) => neuroshard([name, "--help"])));
  for (const [index, help] of helps.entries()) {
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain("--json");
    expect(help.stdout).toMatch(new RegExp(`Examples:\\n {2}\\$ neuroshard ${names[index]}\\b`));
  }
});
