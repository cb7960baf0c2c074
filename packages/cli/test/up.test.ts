/** `neuroshard up`: the first start trains, the second goes straight to the talk. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonLines, neuroshard, temporaryFolder } from "./command.ts";

/** The only test of a model that is not tiny. */
const LIMIT_MS = 120_000;

test(
  "the first start trains and talks, the second only talks, and says the same",
  async () => {
    const args = ["up", "--home", join(temporaryFolder(), "home"), "--steps", "1", "--threads", "1"];
    const first = await neuroshard([...args, "--json"]);
    expect([first.exitCode, first.stderr]).toEqual([0, ""]);
    const events = jsonLines(first.stdout);
    expect(events[0]).toMatchObject({ event: "start", preset: "nano", steps: 1 });
    const answers = events.filter(({ question }) => question !== undefined);
    expect(answers.map(({ question }) => question)).toEqual(["Tell me a story about a dog.", "What is 3 plus 4?"]);

    const second = await neuroshard(args);
    expect(second.exitCode).toBe(0);
    const oneLine = (text: unknown) => String(text).replace(/\s+/g, " ");
    expect(second.stdout).toBe(answers.map(({ question, text }) => `> ${question}\n${oneLine(text)}\n`).join(""));
  },
  LIMIT_MS,
);
