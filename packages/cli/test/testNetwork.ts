/** A private network of real commands: its node is a child process, its users are others. */
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { type Finished, jsonLines, neuroshard, temporaryFolder } from "./command.ts";

export interface NodeProcess {
  readonly url: string;
  /** JSON lines that it has printed. */
  readonly lines: readonly Record<string, unknown>[];
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<Finished>;
  /** Of one that stops by itself. */
  readonly finished: Promise<Finished>;
}

export interface TestNetwork {
  readonly folder: string;
  readonly home: string;
  start(...more: readonly string[]): Promise<NodeProcess>;
  /** Runs a command in the folder, in the home where it takes one. */
  run(...args: readonly string[]): Promise<Finished>;
}

type OnEnd = (end: () => void) => void;

export function testNetwork(onEnd?: OnEnd): TestNetwork {
  const folder = temporaryFolder(onEnd);
  const home = join(folder, ".neuroshard");
  return {
    folder,
    home,
    start: (...more) => startNode(["--home", home, "--port", "0", ...more], folder),
    run: (...args) => neuroshard(args, { cwd: folder }),
  };
}

/** Ended by the test; a test that fails leaves it to `kill -9` at the exit of the runner. */
const children = new Set<ChildProcessWithoutNullStreams>();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
});

export async function startNode(args: readonly string[], cwd: string): Promise<NodeProcess> {
  const lines: Record<string, unknown>[] = [];
  const { promise: ready, resolve } = Promise.withResolvers<ChildProcessWithoutNullStreams>();
  const finished = neuroshard(["start", ...args, "--json"], {
    cwd,
    onLine(line, child) {
      const value = JSON.parse(line) as Record<string, unknown>;
      lines.push(value);
      if (value.event === "ready") resolve(child);
    },
  });
  const first = await Promise.race([ready, finished]);
  if (!("kill" in first)) throw new Error(`the node did not start: ${first.stderr}`);
  children.add(first);
  void finished.then(() => children.delete(first));
  return {
    url: String(lines[0]?.url),
    lines,
    finished,
    async stop(signal) {
      first.kill(signal);
      return await finished;
    },
  };
}

/** Runs a command that must succeed, and gives the JSON object that it prints last. */
export async function done(finished: Promise<Finished>): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await finished;
  expect(exitCode, stderr).toBe(0);
  return jsonLines(stdout).at(-1) ?? {};
}

/** One line that names cause and remedy, nothing on stdout. */
export function expectRefusal(finished: Finished, exitCode: 1 | 2, message: RegExp): void {
  const lines = finished.stderr.trimEnd().split("\n");
  expect(lines.at(-1)).toMatch(/^neuroshard: [^\n;]+; [^\n]+$/);
  expect(lines.at(-1)).toMatch(message);
  expect(finished).toMatchObject({ exitCode, stdout: "" });
}

/** A proposal that lowers TRAINING_REWARD_PER_BATCH, in few blocks. */
export function rewardNep(given: { readonly title?: string; readonly newValue?: string } = {}): string {
  const { title = "Lower the training reward", newValue = "0.0003" } = given;
  const sections = ["Abstract", "Motivation", "Specification", "Backward Compatibility", "Test Cases"];
  return `---
nep: draft
title: ${title}
description: Pay ${newValue} NEURO for a batch in place of 0.0005.
type: econ
parameters:
  - module: economics.constants
    parameter: TRAINING_REWARD_PER_BATCH
    old: 0.0005
    new: ${newValue}
    rationale: Batches have become cheaper.
impact:
  training_reward_multiplier: 0.6
upgrade:
  grace_period_days: 1
  activation_delay_blocks: 1
---

${[...sections, "Security Considerations"].map((name) => `## ${name}\n\nIn short.\n`).join("\n")}`;
}
