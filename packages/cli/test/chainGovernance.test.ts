/**
 * Proposals by command line, on one network. The numbers in test names are those of the ancestor's weaknesses in its
 * governance commands (1.8 G of the analysis).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as sdk from "@neuroshard/sdk";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProgram } from "../src/program.ts";
import type { Surface } from "../src/terminal/surface.ts";
import { HOOK_LIMIT_MS } from "./command.ts";
import { done, type NodeProcess, rewardNep, type TestNetwork, testNetwork } from "./testNetwork.ts";

const LIMIT_MS = 60_000;

let network: TestNetwork;
let node: NodeProcess | undefined;
let ben: string;

const on = (...args: string[]) => network.run(...args, "--node", node!.url);
const run = (...args: string[]) => done(on(...args, "--json"));
const write = (name: string, text: string) => writeFileSync(join(network.folder, name), text);

async function submit(name: string, text: string): Promise<string> {
  write(name, text);
  const { events } = await run("nep", "submit", name);
  return (events as { kind: string; nepId: string }[]).find(({ kind }) => kind === "nepSubmitted")!.nepId;
}

/** With other blocks a minute; the tests never hurry to be in time. */
async function restart(blockMs: string): Promise<void> {
  await node?.stop("SIGTERM");
  node = await network.start("--block-ms", blockMs);
}

/** Blocks come by themselves; this only looks. */
async function statusReached(nep: string, status: string): Promise<Record<string, unknown>> {
  for (;;) {
    const view = await run("nep", "show", nep);
    if (view.status === status) return view;
    expect(["review", "voting"]).toContain(view.status);
  }
}

beforeAll(async () => {
  network = testNetwork(afterAll);
  // Review of eight blocks, and a vote as long as an invariant lets it be: it must stay open while the tests run.
  const periods = [
    "governance.tracks.STANDARD_REVIEW=8",
    "governance.tracks.STANDARD_VOTING=200",
    "economics.staking.UNBONDING=200",
    "governance.voting.EMERGENCY_LIFETIME=240",
  ].flatMap((setting) => ["--param", setting]);
  ben = String((await done(network.run("wallet", "new", "--name", "ben", "--json"))).address);
  await done(network.run("init", "--preset", "minimal", "--allocate", `${ben}=5000`, ...periods, "--json"));
  await restart("500");
  await run("stake", "1000");
  await run("stake", "500", "--wallet", "ben");
}, HOOK_LIMIT_MS);
afterAll(async () => void (await node?.stop("SIGTERM")));

test(
  "38, 39, 40: a file brings changes, impact and upgrade path; it comes to a vote by itself, and show and tally tell the vote by its own thresholds",
  async () => {
    const text = rewardNep().replace("type: econ", "type: econ\nthresholds:\n  approval: 0.7\n  quorum: 0.25");
    const nepId = await submit("own.md", text);
    const view = await statusReached(nepId, "voting");
    expect(view.document).toMatchObject({
      title: "Lower the training reward",
      parameterChanges: [{ module: "economics.constants", parameter: "TRAINING_REWARD_PER_BATCH" }],
      upgradePath: { gracePeriodDays: 1, activationDelayBlocks: 1 },
      approvalThreshold: "700000000000000000",
      quorumThreshold: "250000000000000000",
    });
    expect(view.impact).toContain("-40%");
    await run("nep", "vote", "1", "yes");
    await run("nep", "vote", nepId, "--split", "yes=60,no=40", "--wallet", "ben");
    const shown = await on("nep", "show", "1", "--full");
    expect(shown.stdout).toMatch(/needs +25 % of the stake to vote, 70 % of yes and no to be yes/);
    expect(shown.stdout).toContain("0.0005 -> 0.0003, now 0.0005");
    expect(shown.stdout).toContain("## Security Considerations");
    const { stdout } = await on("nep", "tally", "1");
    expect(stdout).toMatch(/2 voters, of 1,500 NEURO at stake when voting opened/);
    expect(stdout).toMatch(/yes +\[#+-+\] +1,300 +86\.67 %/);
    expect(stdout).toMatch(/quorum +100 % .*, 25 % needed: reached/);
    expect(stdout).toMatch(/approval +86\.66 % .*, 70 % needed: reached/);
    expect(stdout).toContain("passing, if voting ended now");
    expect((await on("nep", "votes", "1")).stdout).toMatch(new RegExp(`${ben} +500 +60 % yes, 40 % no`));
    expect((await on("nep", "list", "--status", "voting")).stdout).toMatch(
      /NEP-001 +econ +voting +votes count until block/,
    );
  },
  LIMIT_MS,
);

test(
  "a ballot is signed without a node, delivered by somebody else, and counts once",
  async () => {
    const nepId = await submit("bulk.md", rewardNep({ title: "By ballots", newValue: "0.0004" }));
    await statusReached(nepId, "voting");
    const { networkId } = await run("status");
    const signed = await network.run(
      ...["nep", "ballot", nepId, "veto", "--network", String(networkId)],
      ...["--wallet", "ben", "--node", "http://127.0.0.1:9"],
    );
    expect(signed).toMatchObject({ exitCode: 0, stderr: "" });
    write("ballot.json", signed.stdout);
    expect(await run("nep", "deliver", "ballot.json")).toMatchObject({
      events: [{ kind: "voted", voter: ben, split: { veto: 10_000 }, power: `${500n * 10n ** 18n}` }],
    });
    expect((await on("nep", "deliver", "ballot.json")).stderr).toMatch(/NO_VALID_BALLOT: .*BALLOT_STALE.*; /);
    write("again.json", (await on("nep", "ballot", nepId, "no", "--wallet", "ben")).stdout);
    expect(JSON.parse(readFileSync(join(network.folder, "again.json"), "utf8"))).toMatchObject({
      ballot: { sequence: 1 },
    });
    await run("nep", "deliver", "again.json");
    expect(await run("nep", "tally", nepId)).toMatchObject({ veto: "0", no: `${500n * 10n ** 18n}`, voters: 1 });
  },
  LIMIT_MS,
);

test(
  "an author edits in review and withdraws; others comment and say that they are ready",
  async () => {
    await restart("2000");
    const first = await submit("edit.md", rewardNep({ title: "First words", newValue: "0.0007" }));
    write("edited.md", rewardNep({ title: "Second words", newValue: "0.0007" }));
    const label = String((await run("nep", "show", first)).label);
    expect(await run("nep", "edit", label, "edited.md")).toMatchObject({ state: "committed" });
    const view = await run("nep", "show", label);
    expect(view).toMatchObject({ title: "Second words" });
    expect(view.nepId).not.toBe(first);
    await restart("500");
    write("comment.md", "Too low.\n");
    // The digest is what `sha256sum` prints.
    const comment = "79fe95621ba7e597d77b977b27929ecfba69fa2da55f818482fb46ec58c312d5";
    expect(await run("nep", "comment", label, "--file", "comment.md", "--wallet", "ben")).toMatchObject({
      events: [{ kind: "nepCommented", account: ben, comment }],
    });
    await statusReached(label, "voting");
    expect(await run("nep", "ready", label, "--wallet", "ben")).toMatchObject({
      events: [{ kind: "signalled", purpose: "ready", account: ben }],
    });
    expect((await on("nep", "withdraw", label, "--wallet", "ben")).stderr).toMatch(
      /NEP_NOT_YOURS: .*; only its author/,
    );
    await run("nep", "withdraw", label);
    expect(await run("nep", "show", label)).toMatchObject({
      status: "withdrawn",
      reason: { code: "WITHDRAWN_IN_VOTING" },
    });
    expect((await on("nep", "rollback", label)).stderr).toMatch(/NEP_STATUS: .*withdrawn.*; /);
    const history = (await on("nep", "history", label)).stdout;
    for (const words of ["submitted", "was replaced", "commented", "is ready", "is withdrawn", "was burned"])
      expect(history).toMatch(new RegExp(words));
  },
  LIMIT_MS,
);

describe("forms of a proposal", () => {
  test(
    "what the chain has comes back as the same Markdown, and as JSON of the ancestor",
    async () => {
      const nepId = await submit("form.md", rewardNep({ title: "In two forms", newValue: "0.0006" }));
      const markdown = (await on("nep", "show", nepId, "--markdown")).stdout;
      write("again.md", markdown);
      expect((await network.run("nep", "lint", "again.md")).exitCode).toBe(0);
      expect((await on("nep", "submit", "again.md")).stderr).toMatch(/NEP_KNOWN: /);
      const exported = await on("nep", "export", nepId, "--format", "json", "--out", "form.json");
      expect(exported).toMatchObject({ exitCode: 0, stdout: "" });
      const json = readFileSync(join(network.folder, "form.json"), "utf8");
      expect(JSON.parse(json)).toMatchObject({ title: "In two forms", nep_type: "econ" });
      const imported = (await network.run("nep", "import", "form.json")).stdout;
      const bodyOf = (text: string) => text.slice(text.indexOf("parameters:"));
      expect(bodyOf(imported)).toBe(bodyOf(markdown));
    },
    LIMIT_MS,
  );

  test("`nep new` gives a file whose blanks the linter names", async () => {
    await network.run("nep", "new", "--title", "A new one", "--type", "train", "--out", "new.md");
    const { exitCode, stdout } = await network.run("nep", "lint", "new.md");
    expect(exitCode).toBe(1);
    expect(
      stdout.split("\n").filter((line) => !/^new\.md:\d+:\d+: error (EMPTY|MISSING_KEY): .+; .+$/.test(line)),
    ).toEqual([""]);
  });
});

test("41: no command takes a secret as an argument or an option, and none is printed by those that sign", async () => {
  const program = createProgram({ stdout: process.stdout, stderr: process.stderr } as unknown as Surface);
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
  const names = all(program).flatMap(({ options, registeredArguments }) => [
    ...options.map(({ long, required, optional }) => (required || optional ? String(long) : "")),
    ...registeredArguments.map((argument) => argument.name()),
  ]);
  expect(names.length).toBeGreaterThan(100);
  // A file is read only while nobody else can read it.
  const secret = /secret|password|passphrase|mnemonic|words|private|seed-phrase|token|key/i;
  const suspicious = names.filter((name) => secret.test(name));
  expect([...new Set(suspicious)].sort()).toEqual([
    "--max-tokens",
    "--swarm-key",
    "--token-file",
    "--words",
    "--words-file",
    "key",
  ]);
  const stored = readFileSync(join(network.home, "wallets", "ben.json"), "utf8");
  const words = String((JSON.parse(stored) as { secret: string }).secret);
  const { stdout, stderr } = await on("burn", "1", "--wallet", "ben");
  expect(stdout + stderr).not.toContain(words.split(" ").slice(0, 3).join(" "));
});

test("42: the SDK exports all that a program needs to write, check, submit and vote on a proposal", () => {
  const needed = [
    ...["newNepMarkdown", "lintNepMarkdown", "parseNepMarkdown", "formatNepMarkdown", "registryParameters"],
    ...["createClient", "signAndSend", "signBallot", "waitForTransaction", "signerOf", "accountKeyFromMnemonic"],
    ...["listNeps", "getNep", "getTally", "listVotes", "getNepDiff", "getParam", "getParamHistory"],
    ...["readProposal", "toDocument", "fromDocument", "writeProposal", "nepDocument", "NEP_TYPES", "NEP_STATUSES"],
  ];
  expect(needed.filter((name) => !Object.hasOwn(sdk, name))).toEqual([]);
});
