import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { Secret } from "./secret.ts";
import { createWallet, readWallet, recoverWallet } from "./walletFile.ts";
import type { Derivation } from "./walletSecret.ts";

/** The phrase whose keys are published everywhere, and measured on the ancestor. */
const WORDS = `${"abandon ".repeat(11)}about`;
const TOKEN = "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1";
const ANCESTOR = {
  publicKey: "031d3e8ce949d8238051381936dfb907880701add84276efb93af9f9ad0a22c341",
  ancestorNodeId: "d72992fd962a53bbab62f8710b11e0f7",
};
const hasModes = process.platform !== "win32";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "neuroshard-wallet-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function newPath(): string {
  return join(temporaryFolder(), "home", "wallets", "default.json");
}

const from = (phrase: string, derivation: Derivation = "bip32") => ({ phrase: new Secret(phrase), derivation });
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe("a new wallet", () => {
  test("is read back as what it was, and its words recover it elsewhere", async () => {
    const path = newPath();
    const { words, ...made } = await createWallet(path);
    const again = await readWallet(path);
    expect(again).toEqual(made);
    expect(again.key.reveal()).toEqual(made.key.reveal());
    expect(words.reveal().split(" ")).toHaveLength(24);
    const recovered = await recoverWallet(newPath(), { phrase: words, derivation: "bip32" });
    expect([recovered.address, recovered.publicKey]).toEqual([made.address, made.publicKey]);
  });

  test("is another one each time, with as many words as asked for", async () => {
    const wallets = [await createWallet(newPath(), { words: 12 }), await createWallet(newPath(), { words: 12 })];
    expect(wallets.map(({ words }) => words.reveal().split(" ").length)).toEqual([12, 12]);
    expect(wallets[0]!.address).not.toBe(wallets[1]!.address);
  });

  test.runIf(hasModes)("is readable for its owner alone, in a folder of the same kind", async () => {
    const path = newPath();
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    await createWallet(path);
    expect([modeOf(path), modeOf(join(path, "..")), modeOf(join(path, "../.."))]).toEqual([0o600, 0o700, 0o700]);
    expect(readdirSync(join(path, ".."))).toEqual(["default.json"]);
  });

  test("never replaces a file, not even one that is no wallet or a half-written one", async () => {
    const path = newPath();
    const { address } = await createWallet(path);
    await expect(createWallet(path)).rejects.toMatchObject({ code: "EXISTS" });
    await expect(recoverWallet(path, from(WORDS))).rejects.toMatchObject({ code: "EXISTS" });
    expect((await readWallet(path)).address).toBe(address);
    const other = join(path, "../other.json");
    writeFileSync(`${other}.tmp`, "half");
    await expect(createWallet(other)).rejects.toMatchObject({
      code: "EXISTS",
      message: expect.stringMatching(/\.tmp/),
    });
    expect(readFileSync(`${other}.tmp`, "utf8")).toBe("half");
  });

  test("of several writers at once exactly one wins, and its wallet is the one in the file", async () => {
    const path = newPath();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => createWallet(path, { words: 12 })));
    const made = results.filter((result) => result.status === "fulfilled");
    expect(made).toHaveLength(1);
    expect((await readWallet(path)).address).toBe(made[0]!.value.address);
  });

  test.runIf(hasModes)("keeps its secrets out of whatever prints it", async () => {
    const wallet = await recoverWallet(newPath(), from(WORDS));
    const key = wallet.key.reveal().privateKey;
    for (const text of [JSON.stringify(wallet), inspect(wallet, { depth: 9, showHidden: true }), `${wallet.key}`]) {
      expect(text).not.toContain("abandon");
      expect(text).not.toContain(Buffer.from(key).toString("hex"));
      expect(text).not.toContain([...key.subarray(0, 4)].join(","));
    }
  });
});

describe("recovery", () => {
  test("case and white space of the words do not matter", async () => {
    const [plain, typed] = [
      await recoverWallet(newPath(), from(WORDS)),
      `\n ${WORDS.toUpperCase().replaceAll(" ", "\n ")}\n`,
    ];
    expect((await recoverWallet(newPath(), from(typed))).address).toBe(plain.address);
  });

  test.each([
    ["words", WORDS],
    ["token", TOKEN],
  ])("the ancestor's %s give the ancestor's key, also from the file", async (_title, phrase) => {
    const path = newPath();
    expect(await recoverWallet(path, from(`${phrase}\n`, "ancestor"))).toMatchObject(ANCESTOR);
    expect(await readWallet(path)).toMatchObject({ ...ANCESTOR, derivation: "ancestor" });
  });

  test.each<[string, string, Derivation, RegExp]>([
    ["a mistyped word", WORDS.replace("about", "abuot"), "bip32", /^word 12 .+; is it about\?$/],
    ["a mistyped word of the ancestor", WORDS.replace("about", "abuot"), "ancestor", /^word 12 .+; is it about\?$/],
    ["a wrong checksum", "abandon ".repeat(12), "bip32", /do not belong together/],
    ["a word too few", "abandon ".repeat(11), "bip32", /has 11 words/],
    ["one word", "hunter2", "bip32", /has 1 word;/],
    ["any text as a token", "hunter2", "ancestor", /no token of 64 digits/],
    ["a token in capitals", TOKEN.toUpperCase(), "ancestor", /no token of 64 digits/],
    ["a token without the ancestor's derivation", TOKEN, "bip32", /recover it with --ancestor/],
    ["nothing", " \n", "bip32", /there is no phrase/],
  ])("W6: %s is refused and becomes no wallet", async (_title, phrase, derivation, reason) => {
    const path = newPath();
    const failure = await recoverWallet(path, from(phrase, derivation)).catch((error) => error);
    expect(failure).toMatchObject({ code: "BAD_PHRASE", message: expect.stringMatching(reason) });
    expect(failure.message).not.toMatch(/hunter2|abuot|5eb00bbd/i);
    expect(() => statSync(join(path, ".."))).toThrow("ENOENT");
  });
});

describe("a file that cannot be trusted", () => {
  function written(content: string | object): string {
    const path = join(temporaryFolder(), "default.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o600 });
    return path;
  }

  test.runIf(hasModes).each([0o640, 0o604, 0o660, 0o620, 0o601])("is refused with mode %o", async (mode) => {
    const path = newPath();
    await createWallet(path);
    chmodSync(path, mode);
    await expect(readWallet(path)).rejects.toMatchObject({
      code: "EXPOSED_SECRET",
      message: expect.stringContaining(`; run chmod 600 ${path}`),
    });
    chmodSync(path, 0o600);
    await expect(readWallet(path)).resolves.toMatchObject({ path });
  });

  test.runIf(hasModes)("is refused when a link leads to one that others may read", async () => {
    const path = newPath();
    await createWallet(path);
    chmodSync(path, 0o644);
    const link = join(temporaryFolder(), "link.json");
    symlinkSync(path, link);
    await expect(readWallet(link)).rejects.toMatchObject({ code: "EXPOSED_SECRET" });
  });

  const whole = { format: 1, address: "", derivation: "bip32", secret: WORDS };
  test.each<[string, string | object]>([
    ["nothing in it", ""],
    ["half of it", JSON.stringify(whole).slice(0, 60)],
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "7"],
    ["another format", { ...whole, format: 2 }],
    ["an unknown derivation", { ...whole, derivation: "brain" }],
    ["no words", { ...whole, secret: undefined }],
    ["words that are none", { ...whole, secret: "hunter2" }],
    ["the address of another key", { ...whole, address: "neuro1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq" }],
  ])("is refused with %s, and is not quoted", async (_title, content) => {
    const failure = await readWallet(written(content)).catch((error) => error);
    expect(failure).toMatchObject({ code: "DAMAGED_WALLET", message: expect.stringMatching(/damaged; recover/) });
    expect(inspect(failure)).not.toMatch(/abandon|hunter2/);
  });

  test("is refused where there is none, or a folder, or something huge", async () => {
    const folder = temporaryFolder();
    await expect(readWallet(join(folder, "none.json"))).rejects.toMatchObject({ code: "NO_SECRET_FILE" });
    mkdirSync(join(folder, "folder.json"));
    await expect(readWallet(join(folder, "folder.json"))).rejects.toMatchObject({ code: "BAD_SECRET_FILE" });
    await expect(readWallet(written("x".repeat(100_000)))).rejects.toMatchObject({ code: "BAD_SECRET_FILE" });
  });
});
