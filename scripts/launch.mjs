/**
 * Runs a TypeScript file of this repository under the project's Node: `node scripts/launch.mjs FILE [argument...]`.
 *
 * Needed because a shell that has found the user's own `node` once keeps using it, also after set-up has installed a
 * newer one. Plain JavaScript: it must load on Node 20.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { findNode } from "./pinnedNode.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

function launch() {
  // Compiled code is kept between runs: a command starts in half the time.
  const cache = join(ROOT, "node_modules", ".cache", "node-compile");
  const env = { NODE_COMPILE_CACHE: cache, ...process.env };
  const child = spawn(findNode(ROOT), process.argv.slice(2), { stdio: "inherit", env });
  // A terminal sends Ctrl-C to the child as well: only stay alive until the child has saved its work and ended.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`launch: cannot start Node: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}

try {
  launch();
} catch (error) {
  console.error(`launch: ${error.message}`);
  process.exitCode = 1;
}
