/** Stopped and killed runs: the same command goes on, and ends with the bits of a run that nobody disturbed. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { HOOK_LIMIT_MS, jsonLines, neuroshard, temporaryFolder, trainTiny } from "./command.ts";

/** More than the pipe to this test holds as lines: the run cannot end before its first lines have been read. */
const STEPS = 5000;
const SMALL_STEPS = ["--batch", "1", "--context", "16", "--threads", "1"];
const RARELY = ["--eval-every", "2500", "--save-every", "500"];
const ARGS = [...trainTiny("--steps", `${STEPS}`, ...SMALL_STEPS, ...RARELY), "--json"];

let undisturbedDigest: unknown;
beforeAll(async () => {
  const { stdout } = await neuroshard(ARGS);
  undisturbedDigest = jsonLines(stdout).at(-1)?.digest;
  expect(undisturbedDigest).toMatch(/^[0-9a-f]{64}$/);
}, HOOK_LIMIT_MS);

/** Starts the run, sends `signal` at the first event of `kind`, and gives what the process said. */
function disturb(out: string, signal: NodeJS.Signals, kind: "step" | "saved") {
  let isSent = false;
  return neuroshard([...ARGS, "--out", out], {
    onLine(line, child) {
      if (isSent || !line.startsWith(`{"event":"${kind}"`)) return;
      isSent = true;
      child.kill(signal);
    },
  });
}

async function finish(out: string): Promise<{ firstStep: unknown; digest: unknown }> {
  const { exitCode, stdout } = await neuroshard([...ARGS, "--out", out]);
  expect(exitCode).toBe(0);
  const events = jsonLines(stdout);
  return { firstStep: events[0]?.step, digest: events.at(-1)?.digest };
}

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s", (signal, code) => {
  test(`saves, says how to go on, exits with ${code}, and the same command goes on from there, bit for bit`, async () => {
    const out = join(temporaryFolder(), "run");
    const { exitCode, stdout, stderr } = await disturb(out, signal, "step");
    expect(exitCode).toBe(code);
    const stopped = jsonLines(stdout).at(-1)!;
    expect(stopped).toMatchObject({ event: "stopped", path: expect.stringContaining(out) });
    expect(stopped.step).toBeLessThan(STEPS);
    expect(stderr).toContain("run the same command again to go on");
    expect(await finish(out)).toEqual({ firstStep: stopped.step, digest: undisturbedDigest });
  });
});

test("a run that was killed goes on from its last checkpoint, bit for bit", async () => {
  const out = join(temporaryFolder(), "run");
  const { exitCode, stdout } = await disturb(out, "SIGKILL", "saved");
  expect(exitCode).toBeNull();
  expect(jsonLines(stdout.slice(0, stdout.lastIndexOf("\n"))).at(-1)?.event).not.toBe("done");
  const { firstStep, digest } = await finish(out);
  expect(firstStep).toBeGreaterThanOrEqual(500);
  expect(digest).toBe(undisturbedDigest);
  expect(readdirSync(out).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a run without --out says that nothing was saved", async () => {
  const { exitCode, stderr } = await neuroshard(ARGS, {
    onLine: (line, child) => void (line.startsWith('{"event":"step","step":1,') && child.kill("SIGINT")),
  });
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/^stopped after step \d+; nothing was saved: give --out DIR to keep a run\n$/);
});
