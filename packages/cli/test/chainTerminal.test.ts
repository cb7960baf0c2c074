/** A network as a person at a terminal sees it. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { neuroshard, onTerminal } from "./command.ts";
import { done, rewardNep, testNetwork } from "./testNetwork.ts";

const COLORFUL = { TERM: "xterm-256color", NO_COLOR: undefined, CI: undefined };
const hasTerminals = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;
const LIMIT_MS = 60_000;

describe.runIf(hasTerminals)("on a terminal", () => {
  test("`start` rewrites one line: height, transactions, pending, open NEPs, time to the next block", async () => {
    const network = testNetwork();
    await done(network.run("init", "--preset", "minimal", "--json"));
    const args = ["start", "--home", network.home, "--port", "0", "--block-ms", "50", "--until", "5"];
    const { exitCode, stdout } = await onTerminal(args, { env: COLORFUL });
    expect(exitCode).toBe(0);
    const shown = stripVTControlCharacters(stdout);
    expect(shown).toMatch(/private \([0-9a-f]{16}\) at http:\/\/127\.0\.0\.1:\d+, after block 0; Ctrl-C stops it/);
    expect(shown).toMatch(/block 3 {2}0 transactions, 0 pending {2}0 open NEPs {2}next in 0\.\d s\r/);
    expect(stdout.replaceAll("\x1b", "ESC")).toContain("ESC[32mblock 4ESC[39m");
    expect(shown.trimEnd()).toMatch(/stopped after block 5$/);
  });

  test("Ctrl-C stops a node in order", async () => {
    const network = testNetwork();
    await done(network.run("init", "--preset", "minimal", "--json"));
    const args = ["start", "--home", network.home, "--port", "0", "--block-ms", "50"];
    let hasTyped = false;
    const { exitCode, stdout } = await onTerminal(args, {
      env: COLORFUL,
      onOutput(output, type) {
        if (hasTyped || !output.includes("block 2")) return;
        hasTyped = true;
        type("\x03");
      },
    });
    expect(exitCode).toBe(0);
    expect(stripVTControlCharacters(stdout).trimEnd()).toMatch(/stopped after block \d+$/);
  });

  test(
    "`nep submit` shows the cost and asks; whoever says no has sent nothing",
    async () => {
      const network = testNetwork();
      await done(network.run("init", "--preset", "minimal", "--json"));
      const node = await network.start("--block-ms", "100");
      const file = join(network.folder, "reward.md");
      writeFileSync(file, rewardNep());
      const wallet = ["--home", network.home, "--node", node.url];
      await done(neuroshard(["stake", "500", ...wallet, "--json"]));
      const answer = (text: string) => {
        let hasTyped = false;
        return onTerminal(["nep", "submit", file, ...wallet], {
          env: COLORFUL,
          onOutput(output, type) {
            if (hasTyped || !output.includes("[y/N]")) return;
            hasTyped = true;
            type(`${text}\r`);
          },
        });
      };
      const refused = await answer("n");
      expect(refused.exitCode).toBe(1);
      expect(refused.stdout).toMatch(/TRAINING_REWARD_PER_BATCH: 0\.0005 now, 0\.0003 proposed/);
      expect(refused.stdout).toMatch(/without quorum +the stake comes back, the fee is burned/);
      expect(refused.stdout).toMatch(/neuroshard: nothing was sent; answer y to send, or give --yes/);
      expect((await answer("y")).stdout).toMatch(/submitted NEP-001 with id [0-9a-f]{64}/);
      expect((await done(neuroshard(["nep", "list", "--node", node.url, "--json"]))).neps).toHaveLength(1);
      await node.stop("SIGTERM");
    },
    LIMIT_MS,
  );
});
