/** Manifests: known packages, allowed arrows, exact versions, no dependency without a use, each one with its reason. */
import { policyOf } from "../importTable.ts";
import { type Manifest, type Project, type Violation, workspaceEntry } from "../project.ts";
import { externalName } from "./imports.ts";

const REASONS_PATH = "docs/dependencies.md";

export function checkManifests(project: Project): Violation[] {
  return [...project.manifests].flatMap(([packageName, manifest]) => {
    const declared = { ...manifest.devDependencies, ...manifest.optionalDependencies, ...manifest.dependencies };
    const messages = Object.entries(declared).flatMap(([name, version]) => [
      ...versionProblems(name, version),
      ...reasonProblems(project, name, version),
    ]);
    if (manifest.path.startsWith("packages/")) messages.push(...packageProblems(project, packageName, manifest));
    return messages.map(({ name, message }) => ({
      rule: "manifests",
      path: manifest.path,
      line: lineOf(manifest.text, name),
      message,
    }));
  });
}

interface Problem {
  readonly name: string;
  readonly message: string;
}

function lineOf(text: string, name: string): number {
  const index = text.split("\n").findIndex((line) => line.includes(`"${name}":`));
  return index === -1 ? 1 : index + 1;
}

function versionProblems(name: string, version: string): Problem[] {
  if (/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return [];
  return [{ name, message: `"${name}": "${version}" is not an exact version` }];
}

function reasonProblems(project: Project, name: string, version: string): Problem[] {
  if (workspaceEntry(name) !== undefined) return [];
  const exact = version.replace(/^[\^~]/, "");
  const rows = (project.texts.get(REASONS_PATH) ?? "").split("\n");
  if (rows.some((row) => row.includes(`\`${name}\``) && row.includes(exact))) return [];
  return [{ name, message: `${REASONS_PATH} has no row for \`${name}\` ${exact}` }];
}

function packageProblems(project: Project, packageName: string, manifest: Manifest): Problem[] {
  const policy = policyOf(packageName);
  if (policy === undefined) return [{ name: "name", message: `the import table has no package "${packageName}"` }];
  const used = new Set(
    [...project.modules.values()]
      .filter(({ zone }) => zone.packageName === packageName)
      .flatMap(({ imports }) => imports.map(({ specifier }) => externalName(specifier))),
  );
  return Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).flatMap((name) => {
    const target = workspaceEntry(name)?.packageName;
    if (target !== undefined && !policy.mayImport.some((entry) => entry.split("/")[0] === target)) {
      return [{ name, message: `the import table does not allow ${packageName} -> ${target}` }];
    }
    return used.has(name) ? [] : [{ name, message: `"${name}" is declared and never imported` }];
  });
}
