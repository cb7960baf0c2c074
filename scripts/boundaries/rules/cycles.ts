/** No file imports itself by way of others. Type imports count: a cycle of types is a cycle of ideas. */
import { type Project, resolveImport, type Violation } from "../project.ts";

export function checkCycles(project: Project): Violation[] {
  const finished = new Set<string>();
  const violations: Violation[] = [];

  function follow(path: string, trail: readonly string[]): void {
    const module = project.modules.get(path);
    if (module === undefined || finished.has(path)) return;
    for (const { specifier, line } of module.imports) {
      const target = resolveImport(project, path, specifier);
      if (target === undefined) continue;
      const longer = [...trail, path];
      const start = longer.indexOf(target);
      if (start === -1) follow(target, longer);
      else violations.push({ rule: "cycles", path, line, message: [...longer.slice(start), target].join(" -> ") });
    }
    finished.add(path);
  }

  for (const path of project.modules.keys()) follow(path, []);
  return violations;
}
