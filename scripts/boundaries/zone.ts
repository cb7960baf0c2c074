/** Where a file stands in the repository, read from its path alone. */
import { policyOf } from "./importTable.ts";

/** `source` is what a package ships; `test` and `script` never leave the repository. */
export type Role = "source" | "test" | "script";

export interface Zone {
  /** Workspace package, undefined for the folders at the root (scripts, bench, sim, examples). */
  readonly packageName: string | undefined;
  readonly role: Role;
  /** True where `node:` modules and Node globals are allowed. */
  readonly isNode: boolean;
  /** True for files that are started by name (tests, scripts, configuration) and so need no importer. */
  readonly isStartedByName: boolean;
}

function roleOf(pathInPackage: string): Role {
  if (/\.test\.ts$/.test(pathInPackage) || pathInPackage.startsWith("test/")) return "test";
  return pathInPackage.startsWith("src/") ? "source" : "script";
}

/** A script is started by name when it lies directly in its folder; deeper files are its parts. */
function isStartedByName(path: string, role: Role): boolean {
  if (/\.(test|config)\.ts$/.test(path) || path.endsWith(".html")) return true;
  return role === "script" && /^(packages\/[^/]+\/)?([^/]+\/)?[^/]+$/.test(path);
}

export function zoneOf(path: string): Zone {
  const [, packageName, pathInPackage] = /^packages\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (packageName === undefined || pathInPackage === undefined) {
    const role = /\.test\.ts$/.test(path) ? "test" : "script";
    return { packageName: undefined, role, isNode: true, isStartedByName: isStartedByName(path, role) };
  }
  const role = roleOf(pathInPackage);
  const nodeFolders = policyOf(packageName)?.nodeFolders ?? [];
  const isNode = role !== "source" || nodeFolders.some((folder) => pathInPackage.startsWith(folder));
  return { packageName, role, isNode, isStartedByName: isStartedByName(path, role) };
}
