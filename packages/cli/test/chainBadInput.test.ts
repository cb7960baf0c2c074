/** What the commands of a network refuse: one line, the cause and the remedy, and nothing has happened. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOOK_LIMIT_MS, neuroshard, temporaryFolder } from "./command.ts";
import {
  done,
  expectRefusal,
  type NodeProcess,
  rewardNep,
  startNode,
  type TestNetwork,
  testNetwork,
} from "./testNetwork.ts";

const NOBODY = "http://127.0.0.1:9";

let network: TestNetwork;
let node: NodeProcess;
let address: string;

beforeAll(async () => {
  network = testNetwork(afterAll);
  const made = await done(network.run("init", "--preset", "minimal", "--json"));
  address = (made.wallet as { address: string }).address;
  node = await network.start("--block-ms", "50");
}, HOOK_LIMIT_MS);
afterAll(async () => void (await node.stop("SIGTERM")));

const on = (...args: string[]) => network.run(...args, "--node", node.url);

describe("a command line that cannot be understood is refused before anything is asked or signed", () => {
  const slip = (text: string) => text.replace(/.$/, (last) => (last === "q" ? "p" : "q"));

  test.each([
    ["a slip in an address", () => ["send", slip(address), "1"], /check characters do not fit.*; copy it from/],
    ["an address of something else", () => ["send", "bc1qxy2k", "1"], /addresses begin with neuro1|is no address/],
    ["an exponent", () => ["send", address, "1e3"], /amount '1e3' is no amount; write NEURO in plain decimals/],
    ["a comma", () => ["send", address, "1,5"], /amount '1,5' is no amount/],
    ["a minus", () => ["send", address, "--", "-1"], /amount '-1' is below zero/],
    ["nothing", () => ["burn", "0"], /amount is 0; give more/],
    ["nineteen decimals", () => ["stake", `0.${"0".repeat(18)}1`], /is no amount/],
    ["more than there can be", () => ["stake", "9".repeat(25)], /is more than there can ever be/],
    ["days that are none", () => ["stake", "100", "--days", "0"], /--days is '0'/],
    ["two ways to delegate", () => ["delegate", address, "--none"], /give one of the two/],
    ["no way to delegate", () => ["delegate"], /give one of the two/],
    ["an id that is none", () => ["tx", "abc"], /'abc' is no transaction id/],
    ["a proposal that is none", () => ["nep", "show", "nep"], /'nep' is no proposal/],
    ["a vote that is none", () => ["nep", "vote", "1", "maybe"], /'maybe' is no vote; choose one of yes/],
    ["a vote and a split", () => ["nep", "vote", "1", "yes", "--split", "yes=100"], /give one of the two/],
    ["a split above 100", () => ["nep", "vote", "1", "--split", "yes=60,no=50"], /adds up to 110 %/],
    [
      "a type that is none",
      () => ["nep", "new", "--title", "x", "--type", "tax"],
      /--type is 'tax'; choose one of arch/,
    ],
    ["an address of a node that is none", () => ["status", "--node", "localhost:8000"], /--node is 'localhost:8000'/],
    ["a wallet name that is a path", () => ["burn", "1", "--wallet", "../x"], /cannot be named/],
    ["a port that is none", () => ["start", "--port", "65536"], /--port is '65536'/],
    ["verify of nothing", () => ["verify"], /takes --model, --home, or --round/],
    ["verify of two things", () => ["verify", "--model", "x", "--home", "y"], /takes --model, --home, or --round/],
    ["a preset that is none", () => ["init", "--preset", "test"], /--preset is 'test'/],
    ["an allocation without an amount", () => ["init", "--allocate", address], /write an address, = and an amount/],
    ["a parameter that is none", () => ["init", "--param", "economics.constants.TAX=1"], /there is no parameter/],
    ["a parameter of another type", () => ["init", "--param", "model.llm.MTP_DEPTH=many"], /is of type integer/],
    [
      "a parameter out of its range",
      () => ["init", "--param", "economics.constants.FEE_BURN_RATE=2"],
      /cannot be 2; choose from/,
    ],
    [
      "a clock that is not the preset's",
      () => ["init", "--param", "protocol.time.DAY_BLOCKS=5"],
      /DAY_BLOCKS cannot be/,
    ],
  ])("%s", async (_, args, message) => {
    expectRefusal(await neuroshard(args(), { cwd: temporaryFolder() }), 2, message);
  });
});

describe("what is understood and cannot be done is refused with exit code 1", () => {
  test.each(["status", "account", "supply", "validators", "params", "nep list", "nep tally 1", "send ADDRESS 1"])(
    "`%s` says when no node runs, and how to start one",
    async (line) => {
      const args = line.replace("ADDRESS", address).split(" ");
      expectRefusal(
        await network.run(...args, "--node", NOBODY),
        1,
        /cannot be reached; run `neuroshard start`, or name another with --node/,
      );
    },
  );

  test("a wallet that does not exist", async () => {
    expectRefusal(await on("burn", "1", "--wallet", "bob"), 1, /bob\.json does not exist; .*wallet new/);
  });

  test("a wallet that others can read", async () => {
    await network.run("wallet", "new", "--name", "open");
    chmodSync(join(network.home, "wallets", "open.json"), 0o644);
    expectRefusal(await on("burn", "1", "--wallet", "open"), 1, /other users .*may read/);
  });

  test("a home without a network", async () => {
    expectRefusal(
      await neuroshard(["start"], { cwd: temporaryFolder() }),
      1,
      /holds no network; make one with `neuroshard init`/,
    );
    expectRefusal(await neuroshard(["verify", "--home", temporaryFolder()], {}), 1, /holds no network/);
  });

  test("a home that has one already stays as it is", async () => {
    expectRefusal(await network.run("init"), 1, /holds a network already; choose another folder/);
    expectRefusal(await network.run("start", "--port", "0"), 1, /is used by process \d+; stop it first/);
  });

  test("a port that is in use", async () => {
    const other = testNetwork();
    await done(other.run("init", "--preset", "minimal", "--json"));
    const port = new URL(node.url).port;
    expectRefusal(await other.run("start", "--port", port), 1, /127\.0\.0\.1:\d+ is in use; .*another port/);
  });

  test("a follower of nobody makes no home", async () => {
    const cwd = temporaryFolder();
    expectRefusal(await neuroshard(["start", "--follow", NOBODY, "--port", "0"], { cwd }), 1, /cannot be reached; /);
    expect(existsSync(join(cwd, ".neuroshard", "genesis.json"))).toBe(false);
  });

  test.each([
    [
      "send ADDRESS 2000000",
      /BALANCE_TOO_LOW: the account can spend 1000000 NEURO and this takes 2100000 NEURO; send less/,
    ],
    ["send ADDRESS 0.0000001", /AMOUNT_TOO_SMALL: .*; use at least/],
    ["unstake 5", /STAKE_TOO_LOW: .*; stake more/],
    ["stake 1 --days 3650", /LOCK_OUT_OF_RANGE: .*; choose from/],
    ["delegate --none", /DELEGATE_UNCHANGED: /],
    ["nep vote 77 yes", /there is no .*; /],
    [`tx ${"0".repeat(64)}`, /there is no .*; /],
    ["params economics.constants.TAX", /there is no parameter 'economics\.constants\.TAX'; `neuroshard params`/],
  ])("`%s`", async (line, message) => {
    const finished = await on(...line.replace("ADDRESS", address).split(" "));
    expect(finished).toMatchObject({ exitCode: 1, stdout: "" });
    expect(finished.stderr.trimEnd().split("\n").at(-1)).toMatch(message);
  });

  test("nothing of all that changed the account", async () => {
    expect(await done(on("account", "--json"))).toMatchObject({ nonce: 0, balance: `${10n ** 24n}` });
  });
});

describe("proposals that cannot be submitted", () => {
  const write = (name: string, text: string) => {
    mkdirSync(network.folder, { recursive: true });
    writeFileSync(join(network.folder, name), text);
    return name;
  };

  test("a file with errors is told by line and column and nothing is sent", async () => {
    const file = write("bad.md", rewardNep({ newValue: "7" }));
    const linted = await network.run("nep", "lint", file);
    expect(linted).toMatchObject({ exitCode: 1, stderr: "neuroshard: bad.md: 1 error; correct them and lint again\n" });
    expect(linted.stdout).toMatch(/^bad\.md:10:\d+: error BAD_VALUE: .*out of range; write a value from 0 to 1\n$/);
    const submitted = await on("nep", "submit", file);
    expect(submitted).toMatchObject({ exitCode: 1, stdout: "" });
    expect(submitted.stderr).toMatch(/bad\.md has 1 error; correct it and try again\n$/);
  });

  test("a value that is no longer the current one is shown and rejected", async () => {
    const file = write("stale.md", rewardNep().replace("old: 0.0005", "old: 0.0004"));
    const { exitCode, stderr } = await on("nep", "submit", file);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/0\.0005 now, 0\.0003 proposed; the file says 0\.0004/);
    expect(stderr).toMatch(/neuroshard: (STAKE_TOO_LOW|PARAM_STALE): .+; .+\n$/);
  });

  test.each(["missing.md", "."])("`nep lint %s` cannot be read", async (file) => {
    expectRefusal(await network.run("nep", "lint", file), 1, /cannot read .+; check the path/);
  });

  test("`nep new` replaces no file", async () => {
    const args = ["nep", "new", "--title", "x", "--type", "econ", "--out", write("kept.md", "mine")];
    expectRefusal(await network.run(...args), 1, /kept\.md exists; choose another name/);
  });

  test("a ballot that is none is named by file and line", async () => {
    const file = write("ballots.json", '\n{"ballot":1}\n');
    expectRefusal(await on("nep", "deliver", file), 1, /ballots\.json:2 is no ballot \(.*\); give what/);
  });

  test("JSON that is no proposal", async () => {
    expectRefusal(
      await network.run("nep", "import", write("no.json", "{")),
      1,
      /no\.json is no proposal: .+; correct the file/,
    );
  });
});

test("a node of another release is no bug of ours: its strange answer is refused", async () => {
  const { createServer } = await import("node:http");
  const server = createServer((_, response) => response.end("<html>"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  try {
    expectRefusal(
      await network.run("status", "--node", `http://127.0.0.1:${port}`),
      1,
      /is none of a NeuroShard node .*; check the address/,
    );
  } finally {
    server.close();
  }
});

test("a follower takes no transactions and says who does", async () => {
  const copy = temporaryFolder();
  const follower = await startNode(["--home", join(copy, "home"), "--port", "0", "--follow", node.url], copy);
  const finished = await network.run("burn", "1", "--node", follower.url);
  expect(finished.exitCode).toBe(1);
  expect(finished.stderr).toMatch(/; send transactions to the node that makes the blocks\n$/);
  expect((await follower.stop("SIGTERM")).exitCode).toBe(0);
});
