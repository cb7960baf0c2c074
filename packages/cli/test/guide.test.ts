/** The guide is right: its commands are run, in its order, in one folder. */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, TEXT, temporaryFolder } from "./command.ts";

const GUIDE = new URL("../../../docs/guide/commands.md", import.meta.url);
/** A page full of commands. */
const LIMIT_MS = 120_000;

test(
  "every command of docs/guide/commands.md works",
  async () => {
    const blocks = [...readFileSync(GUIDE, "utf8").matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block!);
    expect(blocks.length).toBeGreaterThan(5);
    const cwd = temporaryFolder();
    copyFileSync(TEXT, join(cwd, "book.txt"));
    const { exitCode, stderr } = await bash(`set -euo pipefail\n${blocks.join("\n")}`, { cwd });
    expect(exitCode, stderr).toBe(0);
  },
  LIMIT_MS,
);
