/** `neuroshard train` as scripts see it: its lines, its digest, its streams. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bash, jsonLines, neuroshard, TEXT, temporaryFolder, trainTiny } from "./command.ts";

test("--json prints the fixed lines, in order, and a digest that verify finds in the checkpoint", async () => {
  const out = join(temporaryFolder(), "run");
  const { exitCode, stdout, stderr } = await neuroshard([...trainTiny("--steps", "4", "--out", out), "--json"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const events = jsonLines(stdout);
  const keysOf = (kind: string) => events.filter(({ event }) => event === kind).map((event) => Object.keys(event));
  expect(keysOf("step")).toEqual(Array(4).fill(["event", "step", "loss", "tokensPerSecond"]));
  expect(keysOf("eval")[0]).toEqual(["event", "step", "trainLoss", "valLoss"]);
  expect(events.filter(({ event }) => event === "step").map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  const done = events.at(-1)!;
  expect(done).toEqual({
    event: "done",
    steps: 4,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    seconds: expect.any(Number),
  });
  const verified = await neuroshard(["verify", "--model", out, "--json"]);
  expect(jsonLines(verified.stdout)[0]).toMatchObject({ digest: done.digest, step: 4 });
});

test("the engine and the thread count do not change the digest, the seed and the mode do", async () => {
  const digest = async (...more: string[]): Promise<unknown> => {
    const { stdout } = await neuroshard([...trainTiny("--steps", "3"), "--json", ...more]);
    return jsonLines(stdout).at(-1)?.digest;
  };
  const expected = await digest();
  expect(expected).toMatch(/^[0-9a-f]{64}$/);
  expect(await digest("--engine", "wasm")).toBe(expected);
  expect(await digest("--threads", "2")).toBe(expected);
  expect(await digest("--seed", "2")).not.toBe(expected);
  expect(await digest("--mode", "f32")).not.toBe(expected);
});

test("without --json the result is on stdout and the progress on stderr, as plain text where there is no terminal", async () => {
  const { exitCode, stdout, stderr } = await neuroshard(trainTiny("--steps", "2"));
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^2 steps in .+, digest [0-9a-f]{64}\n$/);
  expect(stderr).toMatch(/^tiny: .+ parameters/);
  expect(stderr).toMatch(/\nstep 2\/2 {2}loss \d/);
  expect(stderr).not.toContain("\x1b");
});

test("every option reaches the run", async () => {
  const more = ["--batch", "2", "--context", "16", "--learning-rate", "1e-4", "--schedule", "cosine", "--warm-up", "2"];
  const every = ["--eval-every", "3", "--save-every", "2", "--out", join(temporaryFolder(), "run")];
  const { stdout } = await neuroshard([...trainTiny("--steps", "5"), ...more, ...every, "--json"]);
  const stepsOf = (kind: string) =>
    jsonLines(stdout)
      .filter(({ event }) => event === kind)
      .map(({ step }) => step);
  expect(stepsOf("eval")).toEqual([3, 5]);
  expect(stepsOf("saved")).toEqual([2, 4, 5]);
});

test("a reader that leaves stops the run quietly, with its state saved", async () => {
  const cwd = temporaryFolder();
  const script = `neuroshard train --data '${TEXT}' --preset tiny --steps 100000 --json --out run | head -n 1; exit \${PIPESTATUS[0]}`;
  const { exitCode, stdout, stderr } = await bash(script, { cwd });
  expect(exitCode).toBe(141);
  expect(jsonLines(stdout).map(({ event }) => event)).toEqual(["start"]);
  expect(stderr).toMatch(/^stopped after step \d+, saved to .+; run the same command again to go on\n$/);
  expect(readdirSync(join(cwd, "run"))).toContainEqual(expect.stringMatching(/^checkpoint-\d+$/));
});

test.runIf(process.platform === "linux")(
  "output that cannot be written is a failure with cause and remedy",
  async () => {
    const { exitCode, stderr } = await bash(
      `neuroshard train --data '${TEXT}' --preset tiny --steps 3 --json > /dev/full`,
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/neuroshard: cannot write the output \(ENOSPC.*\); .+\n$/);
  },
);
