/** The repository as the rules see it: parsed modules, other texts, manifests, and how imports resolve. */
import { dirname, normalize } from "node:path/posix";
import { WORKSPACE_SCOPE } from "./importTable.ts";
import type { ModuleFacts } from "./moduleFacts.ts";
import { parseDocument } from "./parseDocument.ts";
import { parseModule } from "./parseModule.ts";
import { type Zone, zoneOf } from "./zone.ts";

export interface Violation {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface SourceModule extends ModuleFacts {
  /** Path in the repository, with forward slashes. */
  readonly path: string;
  readonly zone: Zone;
}

export interface Manifest {
  readonly path: string;
  readonly text: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly entryFiles: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

export interface Project {
  /** Every text file by its path in the repository. */
  readonly texts: ReadonlyMap<string, string>;
  readonly modules: ReadonlyMap<string, SourceModule>;
  /** By package name without scope; outside packages/ by folder, the root manifest under the empty name. */
  readonly manifests: ReadonlyMap<string, Manifest>;
}

export function isModulePath(path: string): boolean {
  return /\.(ts|mjs)$/.test(path) && !path.endsWith(".d.ts");
}

/** Pages and components: documents with scripts in them. */
function isDocumentPath(path: string): boolean {
  return /\.(svelte|html)$/.test(path);
}

/** @throws {Error} when a module or a manifest cannot be parsed. */
export function createProject(texts: ReadonlyMap<string, string>): Project {
  const modules = new Map<string, SourceModule>();
  const manifests = new Map<string, Manifest>();
  for (const [path, text] of texts) {
    const parse = isModulePath(path) ? parseModule : isDocumentPath(path) ? parseDocument : undefined;
    if (parse !== undefined) modules.set(path, { path, zone: zoneOf(path), ...parse(path, text) });
    const owner = manifestOwner(path);
    if (owner !== undefined) manifests.set(owner, parseManifest(path, text));
  }
  return { texts, modules, manifests };
}

/** The key of the manifest in `Project.manifests`, undefined when `path` is no manifest. */
function manifestOwner(path: string): string | undefined {
  if (path === "package.json") return "";
  return /^(?:packages\/([^/]+)|(.+))\/package\.json$/.exec(path)?.slice(1).find(Boolean);
}

/** The manifest that declares what a module outside packages/ may import: that of the nearest folder upwards. */
function nearestManifest(project: Project, path: string): Manifest | undefined {
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    const manifest = project.manifests.get(folder);
    if (manifest !== undefined) return manifest;
  }
  return project.manifests.get("");
}

export function manifestOf(project: Project, { path, zone }: SourceModule): Manifest | undefined {
  return zone.packageName === undefined ? nearestManifest(project, path) : project.manifests.get(zone.packageName);
}

type ManifestJson = Partial<Omit<Manifest, "path" | "text" | "entryFiles">> & {
  readonly bin?: Readonly<Record<string, string>>;
};

function parseManifest(path: string, text: string): Manifest {
  const json = JSON.parse(text) as ManifestJson;
  const exports = json.exports ?? {};
  const started = [...Object.values(exports), ...Object.values(json.bin ?? {})];
  return {
    path,
    text,
    exports,
    entryFiles: started.map((file) => normalize(`${dirname(path)}/${file}`)),
    dependencies: json.dependencies ?? {},
    devDependencies: json.devDependencies ?? {},
    optionalDependencies: json.optionalDependencies ?? {},
  };
}

/** `@neuroshard/tensor/node` -> package `tensor`, subpath `./node`; undefined for anything outside the workspace. */
export function workspaceEntry(specifier: string): { packageName: string; subpath: string } | undefined {
  if (!specifier.startsWith(WORKSPACE_SCOPE)) return undefined;
  const [packageName = "", ...rest] = specifier.slice(WORKSPACE_SCOPE.length).split("/");
  return { packageName, subpath: rest.length === 0 ? "." : `./${rest.join("/")}` };
}

/** The repository path that an import leads to, undefined when it leads out of the repository or to nothing. */
export function resolveImport(project: Project, fromPath: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return normalize(`${dirname(fromPath)}/${specifier}`);
  const entry = workspaceEntry(specifier);
  if (entry === undefined) return undefined;
  const manifest = project.manifests.get(entry.packageName);
  const file = manifest?.exports[entry.subpath];
  return manifest === undefined || file === undefined ? undefined : normalize(`${dirname(manifest.path)}/${file}`);
}
