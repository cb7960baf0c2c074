/** Imports follow the table: allowed packages, declared entries, declared dependencies, no reach into another package. */
import { builtinModules } from "node:module";
import { normalize } from "node:path/posix";
import { ownerOfExternal, policyOf, WORKSPACE_SCOPE } from "../importTable.ts";
import type { ImportFact } from "../moduleFacts.ts";
import {
  manifestOf,
  type Project,
  resolveImport,
  type SourceModule,
  type Violation,
  workspaceEntry,
} from "../project.ts";

const BUILTINS = new Set(builtinModules);

export function isNodeBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || BUILTINS.has(specifier);
}

export function checkImports(project: Project): Violation[] {
  return [...project.modules.values()].flatMap((module) =>
    module.imports.flatMap((fact) => {
      const message = problemWith(project, module, fact);
      return message === undefined ? [] : [{ rule: "imports", path: module.path, line: fact.line, message }];
    }),
  );
}

function problemWith(project: Project, module: SourceModule, { specifier }: ImportFact): string | undefined {
  if (isNodeBuiltin(specifier)) return undefined;
  if (specifier.startsWith(".")) return relativeProblem(project, module, specifier);
  if (specifier.startsWith(WORKSPACE_SCOPE)) return workspaceProblem(project, module, specifier);
  return externalProblem(project, module, specifier);
}

function relativeProblem(project: Project, module: SourceModule, specifier: string): string | undefined {
  const target = resolveImport(project, module.path, specifier) ?? "";
  const targetPackage = /^packages\/([^/]+)\//.exec(target)?.[1];
  if (targetPackage !== module.zone.packageName) {
    return `"${specifier}" reaches into another package; import the package by name, through an entry it exports`;
  }
  const role = project.modules.get(target)?.zone.role;
  if (module.zone.role === "source" && role !== undefined && role !== "source") {
    return `shipped code imports "${specifier}", which is a ${role} file`;
  }
  return undefined;
}

function workspaceProblem(project: Project, module: SourceModule, specifier: string): string | undefined {
  const { packageName, subpath } = workspaceEntry(specifier)!;
  const manifest = project.manifests.get(packageName);
  if (manifest === undefined) return `"${specifier}" is no package of this workspace`;
  if (!Object.hasOwn(manifest.exports, subpath)) {
    return `"${specifier}" is not an entry of its package (package.json exports ${Object.keys(manifest.exports).join(", ")})`;
  }
  const importer = module.zone.packageName;
  if (importer === undefined) return undefined;
  if (importer === packageName) {
    return module.zone.role === "source" ? `"${specifier}" is this package; import the file itself` : undefined;
  }
  if (!mayImport(module, packageName, subpath)) {
    return `the import table does not allow ${importer} -> ${normalize(`${packageName}/${subpath}`)}`;
  }
  return undeclared(project, module, `${WORKSPACE_SCOPE}${packageName}`);
}

/** Tests and scripts of a package may use every entry of the packages that its source may import. */
function mayImport({ zone }: SourceModule, packageName: string, subpath: string): boolean {
  const allowed = policyOf(zone.packageName ?? "")?.mayImport ?? [];
  if (zone.role !== "source") return allowed.some((entry) => entry.split("/")[0] === packageName);
  return allowed.includes(subpath === "." ? packageName : `${packageName}/${subpath.slice(2)}`);
}

function externalProblem(project: Project, module: SourceModule, specifier: string): string | undefined {
  const { packageName, role, isNode } = module.zone;
  const owner = ownerOfExternal(specifier);
  if (owner !== undefined && packageName !== undefined && owner !== packageName) {
    return `"${specifier}" may only be imported by the package ${owner}`;
  }
  const policy = policyOf(packageName ?? "");
  if (policy !== undefined && policy.external !== "declared" && role === "source" && !isNode) {
    if (!policy.external.some((prefix) => specifier.startsWith(prefix))) {
      return `the import table does not allow ${packageName} -> "${specifier}"`;
    }
  }
  return undeclared(project, module, externalName(specifier));
}

/** `@scope/name/sub` -> `@scope/name`. */
export function externalName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function undeclared(project: Project, module: SourceModule, name: string): string | undefined {
  const { zone } = module;
  const own = manifestOf(project, module);
  const root = project.manifests.get("");
  const declared = [own?.dependencies, own?.optionalDependencies];
  if (zone.role !== "source") declared.push(own?.devDependencies, root?.devDependencies, root?.dependencies);
  if (declared.some((table) => table !== undefined && Object.hasOwn(table, name))) return undefined;
  return `"${name}" is not declared in ${own?.path ?? `packages/${zone.packageName}/package.json`}`;
}
