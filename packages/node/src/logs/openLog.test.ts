/** The log of a node: in memory by id, in files that are rotated, as lines of JSON. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { LogRing } from "./logRing.ts";
import { openLog } from "./openLog.ts";
import { RotatingFile } from "./rotatingFile.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "neuroshard-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const entry = (message: string, level: "info" | "warn" = "info", component = "node") => {
  return { timeMs: 1, level, component, message, data: {} };
};

test("entries go to the ring and, as lines of JSON, to a file that only its owner reads", () => {
  const home = temporaryFolder();
  const log = openLog({ home });
  log.info("node", "started", { height: 3 });
  log.warn("peers", "nobody is there");
  log.debug("http", "not at this level");
  log.close();
  const path = join(home, "logs", "node.log");
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { id: 1, level: "info", component: "node", message: "started", data: { height: 3 } },
    { id: 2, level: "warn", component: "peers", message: "nobody is there" },
  ]);
  expect(log.ring.query({ limit: 10 }).map(({ message }) => message)).toEqual(["started", "nobody is there"]);
  if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
});

test("printed as text, an entry is one line with time, level, component, message and figures", () => {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream & PassThrough;
  const log = openLog({ home: undefined, print: { stream, format: "text" } });
  log.error("audits", "wrong", { slot: 2 });
  expect(String(stream.read())).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*error.* audits: wrong slot=2\n$/);
});

test("a log on a disk that takes nothing goes on in memory, and says so", () => {
  const home = join(temporaryFolder(), "home");
  const log = openLog({ home: `${home}\0` });
  log.info("node", "still here");
  expect(log.isFileBroken).toBe(true);
  expect(log.ring.query({ limit: 1 })).toHaveLength(1);
});

test("a full file is set aside, and so many are kept", () => {
  const folder = temporaryFolder();
  const file = new RotatingFile({ path: join(folder, "node.log"), mostBytes: 100, files: 3 });
  for (let line = 0; line < 50; line++) file.write(`${String(line).padStart(29, "0")}\n`);
  file.close();
  expect(readdirSync(folder).sort()).toEqual(["node.log", "node.log.1", "node.log.2"]);
  const kept = ["node.log.2", "node.log.1", "node.log"]
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
  const numbers = kept.trimEnd().split("\n").map(Number);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 50 - numbers.length + index));
});

test("the ring forgets the oldest, filters by level, component and text, and continues by id", () => {
  const ring = new LogRing(4);
  for (const [index, level] of (["info", "warn", "info", "warn", "info"] as const).entries()) {
    ring.add(entry(`Entry ${index}`, level, index === 4 ? "http" : "node"));
  }
  const shown = (query: Partial<Parameters<LogRing["query"]>[0]>) =>
    ring.query({ limit: 9, ...query }).map(({ id }) => id);
  expect(shown({})).toEqual([2, 3, 4, 5]);
  expect(shown({ level: "warn" })).toEqual([2, 4]);
  expect(shown({ component: "http" })).toEqual([5]);
  expect(shown({ text: "ENTRY 1" })).toEqual([2]);
  expect(shown({ limit: 2 })).toEqual([4, 5]);
  expect(shown({ since: 4 })).toEqual([4, 5]);
  expect(shown({ since: ring.nextId })).toEqual([]);
});
