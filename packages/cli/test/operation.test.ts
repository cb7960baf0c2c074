/** What ops/ and the guide to running a node say about the command line is so. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ENVIRONMENT } from "../src/settings/environment.ts";
import { neuroshard, temporaryFolder } from "./command.ts";

function read(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

test("the guide lists every setting with its name in the environment and in the file", () => {
  const rows = [...read("docs/guide/operation.md").matchAll(/^\| `(--[\w-]+)` \| `(\w+)` \| `([\w-]+)` \|$/gm)];
  const listed = Object.fromEntries(rows.map(([, flag, name]) => [flag, name]));
  expect(listed).toEqual(ENVIRONMENT);
  for (const [, flag, , inFile] of rows) expect(`--${inFile}`).toBe(flag);
});

test("the service and the image start a node with arguments that the command takes", async () => {
  const unit = /^ExecStart=\S+ \S+main\.ts (.+)$/m.exec(read("ops/systemd/neuroshard.service"))![1]!.split(" ");
  const image = JSON.parse(/^CMD (\[.+\])$/m.exec(read("ops/docker/Dockerfile"))![1]!) as string[];
  const cwd = temporaryFolder();
  for (const [index, words] of [unit, image].entries()) {
    const home = `home-${index}`;
    expect(await neuroshard(["init", "--home", home, "--name", "ops"], { cwd })).toMatchObject({ exitCode: 0 });
    const args = [...words.map((word) => word.replace(/^\/var\/lib\/.*/, home)), "--port", "0", "--until", "1"];
    const finished = await neuroshard(args, { cwd, env: { NEUROSHARD_HOME: home } });
    expect(finished, finished.stderr).toMatchObject({ exitCode: 0 });
  }
});
