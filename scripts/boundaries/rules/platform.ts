/** Browser-safe code loads in a browser: no `node:` modules, no Node globals, no way into a Node-only folder. */
import { type Project, resolveImport, type SourceModule, type Violation } from "../project.ts";
import { isNodeBuiltin } from "./imports.ts";

const NODE_GLOBALS = new Set(["process", "Buffer", "global", "require", "setImmediate", "__dirname", "__filename"]);

export function checkPlatform(project: Project): Violation[] {
  const browserSafe = [...project.modules.values()].filter(({ zone }) => !zone.isNode);
  return browserSafe.flatMap((module) => [...forbiddenImports(project, module), ...forbiddenGlobals(module)]);
}

function forbiddenImports(project: Project, module: SourceModule): Violation[] {
  return module.imports.flatMap(({ specifier, line }) => {
    const target = project.modules.get(resolveImport(project, module.path, specifier) ?? "")?.zone;
    const isNodeOnly = target?.isNode === true && target.role === "source";
    if (!isNodeBuiltin(specifier) && !isNodeOnly) return [];
    return [violation(module, line, `browser-safe code imports "${specifier}", which needs Node`)];
  });
}

function forbiddenGlobals(module: SourceModule): Violation[] {
  return module.references
    .filter(({ name }) => NODE_GLOBALS.has(name))
    .map(({ name, line }) => violation(module, line, `browser-safe code uses the Node global \`${name}\``));
}

function violation({ path }: SourceModule, line: number, message: string): Violation {
  return { rule: "platform", path, line, message };
}
