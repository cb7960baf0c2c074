import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Corpus, DataError } from "@neuroshard/training";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readFault } from "./fileFault.ts";
import { readCorpus } from "./readCorpus.ts";
import { storiesCorpus } from "./storiesCorpus.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corpus-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const textsOf = (corpus: Corpus) => [...corpus.pieces()].map(({ text }) => text);
const refusal = (code: string, data: object = {}) =>
  expect.objectContaining({ code, data: expect.objectContaining(data) });

describe("a text file", () => {
  test("is one document with the file's name and digest", async () => {
    const corpus = await readCorpus(await write("notes.txt", "Grüße,\r\n世界 🌍\n"));
    expect([...corpus.pieces()]).toEqual([{ text: "Grüße,\r\n世界 🌍\n", endsDocument: true }]);
    expect(corpus.name).toBe("notes.txt");
    expect(corpus.sha256).toBe(createHash("sha256").update("Grüße,\r\n世界 🌍\n").digest("hex"));
  });

  test("may be walked again", async () => {
    const corpus = await readCorpus(await write("notes.txt", "Hello."));
    expect(textsOf(corpus)).toEqual(textsOf(corpus));
  });

  test("loses its byte order mark, but only at the start", async () => {
    const corpus = await readCorpus(await write("notes.txt", "\uFEFFone\n\uFEFFtwo"), { pieceBytes: 4 });
    expect(textsOf(corpus).join("")).toBe("one\n\uFEFFtwo");
  });

  test("that is long comes in pieces cut at line breaks, and inside a line only between characters", async () => {
    const text = "ab\ncdef\ngggggggg🌍ü\n\nh";
    const corpus = await readCorpus(await write("notes.txt", text), { pieceBytes: 5 });
    const pieces = [...corpus.pieces()];
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    expect(pieces.slice(0, 2).map((piece) => piece.text)).toEqual(["ab\n", "cdef\n"]);
    expect(pieces.filter((piece) => piece.endsDocument)).toEqual([pieces.at(-1)]);
  });
});

describe("a .jsonl file", () => {
  test("is one document per line; blank lines and empty texts are left out", async () => {
    const lines = '\uFEFF{"text": "one\\ntwo", "id": 1}\r\n\n{"text": ""}\n{"text": "three"}';
    const corpus = await readCorpus(await write("data.jsonl", lines));
    expect([...corpus.pieces()]).toEqual([
      { text: "one\ntwo", endsDocument: true },
      { text: "three", endsDocument: true },
    ]);
  });

  test.each([
    ["not JSON", "{text: 1}"],
    ["a number", "7"],
    ["null", "null"],
    ["without text", '{"content": "one"}'],
    ["with a text that is no string", '{"text": ["one"]}'],
    ["with half a surrogate pair", '{"text": "\\ud83c"}'],
  ])("with a line that is %s is refused by line number", async (_, line) => {
    const path = await write("data.jsonl", `{"text": "one"}\n\n${line}\n`);
    await expect(readCorpus(path)).rejects.toEqual(refusal("BAD_JSONL", { path, line: 3 }));
  });
});

describe("a folder", () => {
  test("is read with its subfolders in the order of the names, whatever wrote them first", async () => {
    await mkdir(join(folder, "b"));
    await mkdir(join(folder, ".git"));
    await write("c.jsonl", '{"text": "four"}\n{"text": "five"}\n');
    await write("b/z.txt", "three");
    await write("a.txt", "two");
    await write("B.md", "one");
    await write(".hidden", "never");
    await write(".git/config.txt", "never");
    const corpus = await readCorpus(folder);
    expect(textsOf(corpus)).toEqual(["one", "two", "three", "four", "five"]);
    const listing = ["B.md one", "a.txt two", "b/z.txt three"].map((entry) => {
      const [name = "", text = ""] = entry.split(" ");
      return `${createHash("sha256").update(text).digest("hex")}  ${name}\n`;
    });
    const last = createHash("sha256").update('{"text": "four"}\n{"text": "five"}\n').digest("hex");
    expect(corpus.sha256).toBe(
      createHash("sha256")
        .update(`${listing.join("")}${last}  c.jsonl\n`)
        .digest("hex"),
    );
  });

  test("with a binary file in it is refused by that file's name", async () => {
    await write("a.txt", "fine");
    const path = await write("b.bin", Uint8Array.of(65, 0));
    await expect(readCorpus(folder)).rejects.toEqual(refusal("BINARY", { path, offset: 1 }));
  });

  test("without text is refused", async () => {
    await expect(readCorpus(folder)).rejects.toEqual(refusal("EMPTY", { path: folder }));
  });
});

describe("bad input", () => {
  test("a missing file is named, with a remedy in the same line", async () => {
    const path = join(folder, "none.txt");
    const error = await readCorpus(path).catch((reason: unknown) => reason);
    expect(error).toEqual(refusal("MISSING_FILE", { path }));
    expect((error as DataError).message).toBe(
      `${path} does not exist; check the path, or use the built-in corpus by the name stories`,
    );
  });

  test("a path through a file is a missing file", async () => {
    const path = join(await write("notes.txt", "text"), "below.txt");
    await expect(readCorpus(path)).rejects.toEqual(refusal("MISSING_FILE", { path }));
  });

  test("a refused read says that permission is missing", () => {
    const denied = Object.assign(new Error("denied"), { code: "EACCES" });
    expect(readFault(denied, "secret.txt")).toEqual(refusal("UNREADABLE", { path: "secret.txt", reason: "EACCES" }));
    expect((readFault(denied, "secret.txt") as DataError).message).toContain("no permission to read secret.txt");
    const broken = Object.assign(new Error("broken"), { code: "EIO" });
    expect((readFault(broken, "old.txt") as DataError).message).toContain("old.txt cannot be read (EIO)");
    const bug = new TypeError("a bug is not a file error");
    expect(readFault(bug, "secret.txt")).toBe(bug);
  });

  test("a pipe is no file", async () => {
    if (process.platform === "win32") return;
    const path = join(folder, "pipe");
    execFileSync("mkfifo", [path]);
    await expect(readCorpus(path)).rejects.toEqual(refusal("NOT_A_FILE", { path }));
  });

  test.each<[string, number[], string, number]>([
    ["a NUL byte", [72, 105, 0, 33], "BINARY", 2],
    ["Latin-1", [72, 0xfc, 33], "INVALID_UTF8", 1],
    ["UTF-16", [0xff, 0xfe, 72, 0], "INVALID_UTF8", 0],
    ["a character cut off at the end", [72, 0xf0, 0x9f, 0x8c], "INVALID_UTF8", 1],
    ["an overlong slash", [72, 0xc0, 0xaf], "INVALID_UTF8", 1],
    ["a surrogate", [72, 73, 0xed, 0xa0, 0x80], "INVALID_UTF8", 2],
    ["a number beyond Unicode", [0xf4, 0x90, 0x80, 0x80], "INVALID_UTF8", 0],
    ["a NUL after good text of every length", [...new TextEncoder().encode("aé世🌍"), 0], "BINARY", 10],
    ["a bad byte after good text of every length", [...new TextEncoder().encode("aé世🌍"), 0x80], "INVALID_UTF8", 10],
  ])("%s is refused at its byte offset", async (_, bytes, code, offset) => {
    const path = await write("data.txt", Uint8Array.from(bytes));
    await expect(readCorpus(path)).rejects.toEqual(refusal(code, { path, offset }));
  });

  test.each(["", " \n\t\r\n", "\uFEFF"])("a file without a visible character is empty: %j", async (content) => {
    const path = await write("data.txt", content);
    await expect(readCorpus(path)).rejects.toEqual(refusal("EMPTY", { path }));
  });

  test("more text than fits is refused before it is read", async () => {
    const path = await write("data.txt", "x".repeat(101));
    await expect(readCorpus(path, { maxBytes: 100 })).rejects.toEqual(
      refusal("TOO_LARGE", { bytes: 101, maxBytes: 100 }),
    );
  });

  test("every refusal is a DataError of one line", async () => {
    const error = await readCorpus(join(folder, "none")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).message).not.toContain("\n");
  });
});

test("the name stories gives the built-in corpus, the same each time", async () => {
  const corpus = await readCorpus("stories");
  expect(corpus.sha256).toBe(storiesCorpus().sha256);
  const bytes = textsOf(corpus).reduce((sum, text) => sum + text.length + 2, -2);
  expect(bytes).toBeGreaterThanOrEqual(2_000_000);
  expect(storiesCorpus({ seed: 2, minBytes: 1000 }).sha256).not.toBe(storiesCorpus({ seed: 1, minBytes: 1000 }).sha256);
});
