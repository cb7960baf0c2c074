/** The guide is right: the commands of each page are run, in its order, in one folder. */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, TEXT, temporaryFolder } from "./command.ts";

const GUIDE = new URL("../../../docs/guide/", import.meta.url);
/** A page full of commands. */
const LIMIT_MS = 180_000;

test.each(["commands.md", "chain.md", "network.md", "operation.md"])(
  "every command of docs/guide/%s works",
  async (page) => {
    const text = readFileSync(new URL(page, GUIDE), "utf8");
    const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(5);
    const cwd = temporaryFolder();
    copyFileSync(TEXT, join(cwd, "book.txt"));
    const { exitCode, stderr } = await bash(`set -euo pipefail\n${blocks.join("\n")}`, { cwd });
    expect(exitCode, stderr).toBe(0);
  },
  LIMIT_MS,
);
