/**
 * Set-up of a clone: installs the locked packages, builds the native kernels and the dashboard, each only when needed.
 * `npm start` and `npm test` call it first. Says nothing when there is nothing to do.
 *
 * Plain JavaScript: on a fresh clone it runs on whatever Node (20 or newer) the user has.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildDashboard } from "./buildDashboard.mjs";
import { findNode } from "./pinnedNode.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK_FILE = join(ROOT, "package-lock.json");
const STAMP_FILE = join(ROOT, "node_modules", ".neuroshard-installed");
const NATIVE_BUILD = join(ROOT, "packages", "tensor", "scripts", "buildNative.ts");
const INSTALL_LIMIT_MS = 10 * 60_000;
const BUILD_LIMIT_MS = 5 * 60_000;

/** The lock file and the platform decide what is installed. A clone moved to another machine installs again. */
function wantedStamp() {
  const lockDigest = createHash("sha256").update(readFileSync(LOCK_FILE)).digest("hex");
  return `${lockDigest} ${process.platform}-${process.arch}\n`;
}

function isInstalled() {
  return existsSync(STAMP_FILE) && readFileSync(STAMP_FILE, "utf8") === wantedStamp();
}

/**
 * npm replaces node_modules, and with it the Node 24 that may be running this script. So it runs under the Node that
 * npm itself uses, which lies outside.
 */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return [process.env.npm_node_execpath ?? process.execPath, script];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

function installPackages() {
  const startedMs = Date.now();
  console.log("set-up: installing packages (first run or new lock file)");
  const [command, ...prefix] = npmCommand();
  // Optional packages include the pinned Node and native bindings. A user's `omit` setting must not drop them.
  const args = [...prefix, "ci", "--include=optional", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    timeout: INSTALL_LIMIT_MS,
    shell: command.endsWith(".cmd"),
  });
  if (result.status !== 0) {
    const cause = result.error?.message ?? (result.signal ? `stopped by ${result.signal}` : `exit ${result.status}`);
    throw new Error(`npm ci failed (${cause}). Check the network and the messages above, then run the command again.`);
  }
  writeFileSync(STAMP_FILE, wantedStamp());
  console.log(`set-up: packages installed in ${Math.round((Date.now() - startedMs) / 1000)} s`);
}

/** Never fatal: without native kernels the WebAssembly ones serve. */
function buildNativeKernels() {
  if (!existsSync(NATIVE_BUILD)) return;
  const result = spawnSync(findNode(ROOT), [NATIVE_BUILD], { cwd: ROOT, stdio: "inherit", timeout: BUILD_LIMIT_MS });
  if (result.status !== 0) console.log("set-up: native kernels not built, the WebAssembly engine will be used");
}

try {
  if (!isInstalled()) installPackages();
  findNode(ROOT);
  buildNativeKernels();
  buildDashboard(ROOT);
} catch (error) {
  console.error(`set-up: ${error.message}`);
  process.exitCode = 1;
}
