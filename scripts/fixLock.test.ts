/** The lock file repair, run as a user runs it. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const SCRIPTS = dirname(fileURLToPath(import.meta.url));
const COMMITTED = join(SCRIPTS, "..", "package-lock.json");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fix-lock-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Repairs a copy and returns its text. */
function repair(write: (file: string) => void): string {
  const file = join(folder, "package-lock.json");
  write(file);
  execFileSync(process.execPath, [join(SCRIPTS, "fixLock.mjs"), file]);
  return readFileSync(file, "utf8");
}

function repairedPackages(packages: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = repair((file) => writeFileSync(file, JSON.stringify({ lockfileVersion: 3, packages })));
  return (JSON.parse(text) as { packages: Record<string, unknown> }).packages;
}

test("a platform package that the registry did not serve is added with its platform", () => {
  const fast = { version: "1.0.0", dev: true, optionalDependencies: { "@fast/linux-arm64-musl": "1.0.0" } };
  expect(repairedPackages({ "node_modules/fast": fast })).toMatchObject({
    "node_modules/@fast/linux-arm64-musl": {
      version: "1.0.0",
      cpu: ["arm64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
  });
});

test("a platform package that is locked stays as it is, also beside the package that wants it", () => {
  const packages = {
    "node_modules/fast": { version: "1.0.0", optionalDependencies: { "fast-win32-x64": "1.0.0" } },
    "node_modules/fast/node_modules/fast-win32-x64": { version: "1.0.0", integrity: "sha512-x", optional: true },
  };
  expect(repairedPackages(packages)).toEqual(packages);
});

test("tarball addresses go, workspace links stay", () => {
  const link = { resolved: "packages/a", link: true };
  const packages = {
    "node_modules/a": link,
    "node_modules/b": { version: "1.0.0", resolved: "https://example.org/b" },
  };
  expect(repairedPackages(packages)).toEqual({ "node_modules/a": link, "node_modules/b": { version: "1.0.0" } });
});

test("the committed lock file needs no repair", () => {
  expect(repair((file) => copyFileSync(COMMITTED, file))).toBe(readFileSync(COMMITTED, "utf8"));
});
