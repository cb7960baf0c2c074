/** What a person at a terminal sees. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOOK_LIMIT_MS, neuroshard, onTerminal, temporaryFolder, trainTiny } from "./command.ts";

/** Without what a build server sets: both take the colour away. */
const COLORFUL = { TERM: "xterm-256color", NO_COLOR: undefined, CI: undefined };
const hasTerminals = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;

describe.runIf(hasTerminals)("on a terminal", () => {
  let model: string;
  beforeAll(async () => {
    model = join(temporaryFolder(afterAll), "run");
    await neuroshard(trainTiny("--steps", "20", "--out", model));
  }, HOOK_LIMIT_MS);

  test("training rewrites one line in place, in colour, and evaluations stay above it", async () => {
    const { exitCode, stdout } = await onTerminal(trainTiny("--steps", "4"), { env: COLORFUL });
    expect(exitCode).toBe(0);
    const shown = stdout.replaceAll("\x1b", "ESC");
    expect(shown).toMatch(/ESC\[32m\[#+-*\]ESC\[39m {2}step \d\/4 {2}loss [\d.]+ .+ left\rESC\[J/);
    expect(shown).toMatch(/\rESC\[Jstep 4: train loss/);
    expect(shown).toMatch(/\rESC\[J4 steps in .+, digest [0-9a-f]{64}\r\n$/);
  });

  test("NO_COLOR takes the colour away and leaves the bar", async () => {
    const { stdout } = await onTerminal(trainTiny("--steps", "2"), { env: { ...COLORFUL, NO_COLOR: "1" } });
    expect(stdout).not.toContain("\x1b[3");
    expect(stdout).toContain("[#");
  });

  test("a terminal that cannot rewrite gets plain lines", async () => {
    const { stdout } = await onTerminal(trainTiny("--steps", "2"), { env: { ...COLORFUL, TERM: "dumb" } });
    expect(stdout).toContain("step 2/2  loss");
    expect(stdout).not.toContain("\x1b");
  });

  test("Ctrl-C stops an answer, a second one leaves the chat", async () => {
    const typed: string[] = [];
    const { exitCode, stdout } = await onTerminal(["chat", "--model", model, "--max-tokens", "1000000"], {
      env: COLORFUL,
      onOutput(output, type) {
        const text = stripVTControlCharacters(output);
        const prompts = text.split("you> ").length - 1;
        const hasAnswer = /you> hello\s+\S/.test(text);
        const next = ["hello\r", "\x03", "\x03"][typed.length];
        const isTime = [prompts === 1, hasAnswer, prompts === 2][typed.length] === true;
        if (next === undefined || !isTime) return;
        typed.push(next);
        type(next);
      },
    });
    expect(exitCode).toBe(0);
    expect(typed).toHaveLength(3);
    expect(stripVTControlCharacters(stdout)).toMatch(/you> hello\s+\S[\s\S]* \.\.\.\s+you> \s+$/);
  });
});
