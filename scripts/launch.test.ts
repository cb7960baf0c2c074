/** The launcher is invisible: same arguments, same exit code. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const LAUNCH = join(dirname(fileURLToPath(import.meta.url)), "launch.mjs");

function launch(code: string): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [LAUNCH, "-e", code, "first", "second"], { encoding: "utf8" });
}

test("the launched program gets its arguments and its exit code is passed on", () => {
  const { status, stdout } = launch("console.log(process.argv.slice(1).join()); process.exit(2);");
  expect(stdout).toBe("first,second\n");
  expect(status).toBe(2);
});

test("a program that a signal ends gives 128 plus the signal's number", () => {
  expect(launch("process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10_000);").status).toBe(128 + 15);
});

test("the launched program runs under a Node that strips types", () => {
  expect(launch("console.log(process.features.typescript)").stdout).toBe("strip\n");
});
