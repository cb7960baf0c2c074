/**
 * Everything has a caller. An exported name is imported by another file; what a package index re-exports is imported by
 * another package, a test or a script; a file is imported or is an entry.
 *
 * Two freedoms: a type that its own file uses may be exported for callers who want to name it, and so may types on an
 * index. Imports of a whole module (namespace, dynamic, by URL) use all of its names.
 */
import type { ExportFact } from "../moduleFacts.ts";
import { type Project, resolveImport, type SourceModule, type Violation } from "../project.ts";

interface Usage {
  /** `path#name` for names, `path#*` for whole modules. */
  readonly names: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

export function checkCallers(project: Project): Violation[] {
  const usage = readUsage(project);
  const entries = new Set([...project.manifests.values()].flatMap(({ entryFiles }) => entryFiles));
  return [...project.modules.values()].flatMap((module) => {
    const isEntry = module.zone.isStartedByName || entries.has(module.path);
    if (!isEntry && !usage.files.has(module.path)) {
      return [{ rule: "callers", path: module.path, line: 1, message: "nobody imports this file" }];
    }
    return module.exports
      .filter((fact) => !isUsed(module.path, fact.name, usage) && !isFree(module, fact, entries.has(module.path)))
      .filter((fact) => !isReportedAtOrigin(project, module, fact, usage))
      .map(({ name, line }) => ({
        rule: "callers",
        path: module.path,
        line,
        message: `\`${name}\` is exported and nobody imports it`,
      }));
  });
}

function isUsed(path: string, name: string, { names }: Usage): boolean {
  return names.has(`${path}#${name}`) || names.has(`${path}#*`);
}

/** A re-export of something that nobody uses at all: one report, where it is declared, is enough. */
function isReportedAtOrigin(project: Project, { path }: SourceModule, { from }: ExportFact, usage: Usage): boolean {
  const origin = from === undefined ? undefined : resolveImport(project, path, from.specifier);
  return from !== undefined && origin !== undefined && !isUsed(origin, from.original, usage);
}

function isFree(module: SourceModule, fact: ExportFact, isIndex: boolean): boolean {
  if (fact.name === "default" && /\.config\.ts$/.test(module.path)) return true;
  return fact.isType && (isIndex || (module.nameCounts.get(fact.name) ?? 0) > 1);
}

function readUsage(project: Project): Usage {
  const names = new Set<string>();
  const files = new Set<string>();

  /** Marks a name, and what it stands for where it is a re-export. */
  function use(path: string, name: string): void {
    const key = `${path}#${name}`;
    if (names.has(key)) return;
    names.add(key);
    for (const { name: exported, from } of project.modules.get(path)?.exports ?? []) {
      if (from === undefined || (name !== "*" && exported !== name)) continue;
      const target = resolveImport(project, path, from.specifier);
      if (target !== undefined) use(target, from.original);
    }
  }

  for (const { path, imports } of project.modules.values()) {
    for (const { specifier, names: imported } of imports) {
      const target = resolveImport(project, path, specifier);
      if (target === undefined || target === path) continue;
      files.add(target);
      for (const name of imported === "all" ? ["*"] : imported) use(target, name);
    }
  }
  return { names, files };
}
