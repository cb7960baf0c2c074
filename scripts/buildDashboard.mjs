/**
 * Builds the dashboard when what it is made of has changed since the last time; says nothing when there is nothing to do.
 * Never fatal: a node without a dashboard is a node.
 *
 * Plain JavaScript: see setUp.mjs, which calls it.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findNode } from "./pinnedNode.mjs";

const DASHBOARD = join("packages", "dashboard");
/** What the build reads, besides the packages that the lock file names. */
const SOURCES = [
  ...["src", "public", "index.html", "vite.config.ts", "package.json"].map((name) => join(DASHBOARD, name)),
  join("packages", "sdk", "src"),
  join("packages", "protocol", "src"),
  "package-lock.json",
];
const BUILD_LIMIT_MS = 2 * 60_000;

/** @param {string} root */
export function buildDashboard(root) {
  const folder = join(root, DASHBOARD);
  const stampFile = join(folder, "build", ".stamp");
  const stamp = `${digestOf(root, SOURCES)}\n`;
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const startedMs = Date.now();
  const fresh = join(root, "node_modules", `.dashboard-${process.pid}`);
  try {
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const args = [vite, "build", "--outDir", fresh, "--logLevel", "error"];
    const result = spawnSync(findNode(root), args, { cwd: folder, stdio: "inherit", timeout: BUILD_LIMIT_MS });
    if (result.status !== 0) throw new Error(result.error?.message ?? `exit ${result.status ?? result.signal}`);
    writeFileSync(join(fresh, ".stamp"), stamp);
    // In one step: a node that serves the old one meanwhile never serves half of the new one.
    rmSync(join(folder, "build"), { recursive: true, force: true });
    renameSync(fresh, join(folder, "build"));
    console.log(`set-up: dashboard built in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    console.log(`set-up: dashboard not built (${error.message}); the node serves its API alone, or an older page`);
  }
}

function digestOf(root, paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((each) => filesIn(root, each))) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** Paths of the files below, in a stable order; tests change nothing. */
function filesIn(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (/\.\w+$/.test(path)) return path.endsWith(".test.ts") ? [] : [path];
  const names = readdirSync(join(root, path)).sort();
  return names.flatMap((name) => filesIn(root, join(path, name)));
}
