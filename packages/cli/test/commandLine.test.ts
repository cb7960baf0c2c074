/** The command line as such: version, help, and what a bug looks like. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { neuroshard } from "./command.ts";

test("--version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(await neuroshard(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

/** The names that the help of `path` lists under "Commands:". */
async function commandsUnder(path: readonly string[]): Promise<string[]> {
  const { exitCode, stdout } = await neuroshard([...path, "--help"]);
  expect(exitCode).toBe(0);
  const [, list = ""] = stdout.split("\nCommands:\n");
  return [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!).filter((name) => name !== "help");
}

const GROUPS: readonly string[] = ["nep", "token", "wallet"];
const COMMANDS = [
  "account",
  "bench",
  "burn",
  "chat",
  "completion",
  "delegate",
  "doctor",
  "export",
  "generate",
  "init",
  ...["ballot", "comment", "deliver", "edit", "export", "history", "import", "lint", "list", "new", "ready"].map(
    (name) => `nep ${name}`,
  ),
  ...["rollback", "show", "submit", "tally", "vote", "votes", "withdraw"].map((name) => `nep ${name}`),
  "params",
  "peers",
  "rounds",
  "send",
  "stake",
  "start",
  "status",
  "supply",
  "token create",
  "token list",
  "token revoke",
  "train",
  "tx",
  "unstake",
  "up",
  "validators",
  "verify",
  "wallet new",
  "wallet recover",
  "wallet show",
];

test("--help lists the commands, and that of a group lists those of the group", async () => {
  const names = await commandsUnder([]);
  const inGroups = GROUPS.map(async (group) => (await commandsUnder([group])).map((name) => `${group} ${name}`));
  const commands = [...names.filter((name) => !GROUPS.includes(name)), ...(await Promise.all(inGroups)).flat()];
  expect(commands.sort()).toEqual(COMMANDS);
});

test.each(COMMANDS)("%s explains itself with an example", async (line) => {
  const help = await neuroshard([...line.split(" "), "--help"]);
  expect(help.exitCode).toBe(0);
  expect(help.stdout).toContain("--json");
  expect(help.stdout).toMatch(new RegExp(`Examples:\\n {2}\\$ neuroshard ${line}\\b`));
});
