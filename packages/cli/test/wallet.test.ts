/** `neuroshard wallet`: what it writes, what it shows, and above all what it does not show. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { type CommandOptions, type Finished, jsonLines, neuroshard, onTerminal, temporaryFolder } from "./command.ts";

/** The phrase of the published vectors, and what the ancestor made of it. */
const WORDS = `${"abandon ".repeat(11)}about`;
const TOKEN = "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1";
const ANCESTOR = {
  publicKey: "031d3e8ce949d8238051381936dfb907880701add84276efb93af9f9ad0a22c341",
  ancestorNodeId: "d72992fd962a53bbab62f8710b11e0f7",
};
const ADDRESS = /^neuro1[02-9ac-hj-np-z]{38}$/;
const hasTerminals = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;

interface StoredWallet {
  readonly address: string;
  readonly secret: string;
}

/** A home folder, and `neuroshard wallet` in it. */
function openHome() {
  const home = join(temporaryFolder(), "home");
  const pathOf = (name: string): string => join(home, "wallets", `${name}.json`);
  return {
    home,
    pathOf,
    stored: (name: string): StoredWallet => JSON.parse(readFileSync(pathOf(name), "utf8")),
    wallet: (line: string, options?: CommandOptions): Promise<Finished> =>
      neuroshard(["wallet", ...line.split(" "), "--home", home], options),
  };
}

function expectRefusal(finished: Finished, exitCode: 1 | 2, message: RegExp): void {
  expect(finished).toEqual({ exitCode, stdout: "", stderr: expect.stringMatching(/^neuroshard: [^\n;]+; [^\n]+\n$/) });
  expect(finished.stderr).toMatch(message);
}

describe("wallet new", () => {
  test("stores a file for its owner alone and prints the address, but no secret where nobody watches", async () => {
    const { wallet, stored, pathOf } = openHome();
    const { exitCode, stdout, stderr } = await wallet("new");
    const { address, secret } = stored("default");
    expect(exitCode).toBe(0);
    expect(address).toMatch(ADDRESS);
    expect(stdout).toContain(`address     ${address}\n`);
    expect(stderr).toMatch(/words were not shown.*only copy\n$/);
    expect(secret.split(" ")).toHaveLength(24);
    const words = secret
      .split(" ")
      .filter((word) => new RegExp(`\\b${word}\\b`).test(stdout.replaceAll(pathOf("default"), "")));
    expect(words.filter((word) => !["address", "public", "key", "file"].includes(word))).toEqual([]);
    if (process.platform !== "win32") expect(statSync(pathOf("default")).mode & 0o777).toBe(0o600);
  });

  test("--json prints the words only with --show-words, and they recover the wallet", async () => {
    const { wallet, stored, pathOf } = openHome();
    const silent = jsonLines((await wallet("new --json --name a")).stdout);
    expect(silent).toEqual([
      {
        name: "a",
        address: stored("a").address,
        publicKey: expect.stringMatching(/^0[23][0-9a-f]{64}$/),
        path: pathOf("a"),
      },
    ]);
    const [open] = jsonLines((await wallet("new --json --name b --words 12 --show-words")).stdout);
    expect(open).toMatchObject({ name: "b", address: stored("b").address, words: stored("b").secret });
    const recovered = await wallet("recover --json --name c", { stdin: `${open!.words}\n` });
    expect(jsonLines(recovered.stdout)).toEqual([{ ...open, name: "c", path: pathOf("c"), words: undefined }]);
  });

  test("--show-words prints them numbered, with the warning beside them", async () => {
    const { wallet, stored } = openHome();
    const { stdout, stderr } = await wallet("new --words 12 --show-words");
    const shown = [...stdout.matchAll(/ +(\d+) ([a-z]+)/g)].slice(-12).map(([, , word]) => word);
    expect(shown.join(" ")).toBe(stored("default").secret);
    expect(stderr).toMatch(/paper.*not shown again/);
  });

  test("a name that exists is refused, and the wallet stays", async () => {
    const { wallet, stored } = openHome();
    await wallet("new");
    const before = stored("default");
    expectRefusal(await wallet("new"), 1, /default\.json exists .+; choose another name/);
    expectRefusal(await wallet("recover", { stdin: WORDS }), 1, /default\.json exists/);
    expect(stored("default")).toEqual(before);
  });

  test.each([
    ["new --name ../x", /cannot be named '\.\.\/x'/],
    ["new --words 15", /--words is '15'; choose one of 12, 24/],
    ["new --name", /argument missing/],
    ["nwe", /unknown command 'nwe'; did you mean new\?/],
    ["recover abandon", /too many arguments/],
  ])("`wallet %s` is not understood", async (line, message) => {
    const { home } = openHome();
    expectRefusal(await neuroshard(["wallet", ...line.split(" ")], { cwd: temporaryFolder() }), 2, message);
    expect(existsSync(home)).toBe(false);
  });

  test.runIf(hasTerminals)("on a terminal the words are shown", async () => {
    const { home, stored } = openHome();
    const { stdout } = await onTerminal(["wallet", "new", "--home", home]);
    for (const word of stored("default").secret.split(" ")) expect(stdout).toMatch(new RegExp(` \\d+ ${word}\\s`));
  });
});

describe("wallet recover", () => {
  test("typed with other case and spaces, on several lines, it is the same wallet", async () => {
    const { wallet, stored } = openHome();
    await wallet("recover --name a", { stdin: WORDS });
    await wallet("recover --name b", { stdin: ` ${WORDS.toUpperCase().replaceAll(" ", "  \n")}\n\n` });
    expect(stored("b")).toEqual(stored("a"));
  });

  test.each([
    ["words", WORDS],
    ["token", TOKEN],
  ])("--ancestor makes the ancestor's key out of its %s", async (_title, phrase) => {
    const { wallet } = openHome();
    const { stdout } = await wallet("recover --ancestor --json", { stdin: phrase });
    expect(jsonLines(stdout)[0]).toMatchObject(ANCESTOR);
    expect(jsonLines((await wallet("show --json")).stdout)[0]).toMatchObject({ wallets: [ANCESTOR] });
  });

  test.each([
    ["mistyped words", WORDS.replace("about", "abuot"), /word 12 is not in the list .+; is it about\?/],
    ["words that do not belong together", "abandon ".repeat(12), /do not belong together/],
    ["too few words", "abandon abandon", /has 2 words; give all 12 or 24/],
    ["a token without --ancestor", TOKEN, /recover it with --ancestor/],
    ["nothing", "", /there is no phrase/],
  ])("W6: %s are refused, are not repeated, and become no wallet", async (_title, stdin, message) => {
    const { wallet, home } = openHome();
    const finished = await wallet("recover", { stdin });
    expectRefusal(finished, 1, message);
    expect(finished.stderr).not.toMatch(/abuot|abandon|5eb00bbd/);
    expect(existsSync(home)).toBe(false);
  });

  test("a file with the words is read only while nobody else can read it", async () => {
    const { wallet, stored } = openHome();
    const file = join(temporaryFolder(), "words.txt");
    writeFileSync(file, `${WORDS}\n`, { mode: 0o600 });
    expect((await wallet(`recover --words-file ${file}`)).exitCode).toBe(0);
    expect(stored("default").secret).toBe(WORDS);
    expectRefusal(await wallet("recover --name b --words-file nowhere.txt"), 1, /nowhere\.txt does not exist/);
    if (process.platform === "win32") return;
    chmodSync(file, 0o644);
    expectRefusal(await wallet(`recover --name b --words-file ${file}`), 1, /others? users .+; run chmod 600/);
  });

  test.runIf(hasTerminals)("what is typed at a terminal does not appear there", async () => {
    const { home, stored } = openHome();
    let isTyped = false;
    const { exitCode, stdout } = await onTerminal(["wallet", "recover", "--home", home], {
      onOutput(output, type) {
        if (isTyped || !output.includes("hidden): ")) return;
        isTyped = true;
        type(`${WORDS}\r`);
      },
    });
    expect(exitCode).toBe(0);
    expect(stripVTControlCharacters(stdout)).toContain(stored("default").address);
    expect(stdout).not.toContain("abandon");
  });

  test.runIf(hasTerminals)("Ctrl-C at the question stops without a wallet", async () => {
    const { home } = openHome();
    const { exitCode } = await onTerminal(["wallet", "recover", "--home", home], {
      onOutput: (output, type) => output.includes("hidden): ") && type("\x03"),
    });
    expect(exitCode).toBe(130);
    expect(existsSync(home)).toBe(false);
  });
});

describe("wallet show", () => {
  test("--address prints addresses and nothing else, for scripts", async () => {
    const { wallet, stored } = openHome();
    await wallet("new --name a --words 12");
    expect(await wallet("show --name a --address")).toEqual({
      exitCode: 0,
      stdout: `${stored("a").address}\n`,
      stderr: "",
    });
  });

  test("prints all wallets or one, and never a secret", async () => {
    const { wallet, stored } = openHome();
    await wallet("recover --name b", { stdin: WORDS });
    await wallet("new --name a --words 12");
    const all = await wallet("show");
    expect(all.stdout).toMatch(new RegExp(`^a\n.*${stored("a").address}\n[^]*\nb\n.*${stored("b").address}\n`));
    const one = jsonLines((await wallet("show --name b --json")).stdout);
    expect(one).toMatchObject([{ wallets: [{ name: "b", address: stored("b").address }] }]);
    expect(all.stdout + JSON.stringify(one)).not.toContain("abandon");
  });

  test("without wallets it says how to make one", async () => {
    const { wallet } = openHome();
    expect(await wallet("show")).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringMatching(/wallet new/),
    });
    expect(jsonLines((await wallet("show --json")).stdout)).toEqual([{ wallets: [] }]);
    expectRefusal(await wallet("show --name none"), 1, /none\.json does not exist/);
  });

  test("a wallet that others can read, or a damaged one, is refused", async () => {
    const { wallet, home, pathOf } = openHome();
    mkdirSync(join(home, "wallets"), { recursive: true });
    writeFileSync(pathOf("default"), `{"secret":"${WORDS}"}`, { mode: 0o600 });
    const damaged = await wallet("show");
    expectRefusal(damaged, 1, /damaged; recover the wallet/);
    expect(damaged.stderr).not.toContain("abandon");
    if (process.platform === "win32") return;
    chmodSync(pathOf("default"), 0o640);
    expectRefusal(await wallet("show"), 1, /; run chmod 600 /);
  });
});
