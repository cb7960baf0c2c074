/** Code whose results must be replayed: no clock, no randomness, no `async` in pure packages, and only exact `Math`. */
import { policyOf } from "../importTable.ts";
import type { Project, SourceModule, Violation } from "../project.ts";

const IMPURE = new Set([
  "Date",
  "performance",
  "console",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
]);

/** The members of `Math` that the language fixes to the last bit. All others differ between engines. */
const EXACT_MATH = new Set([
  ...["abs", "ceil", "clz32", "floor", "fround", "f16round", "imul", "max", "min", "round", "sign", "sqrt", "trunc"],
  ...["E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"],
]);

export function checkPurity(project: Project): Violation[] {
  return shippedModules(project, "isPure").flatMap((module) => [
    ...module.asyncLines.map((line) =>
      violation("purity", module, line, "pure code is synchronous: no async, no await"),
    ),
    ...module.references
      .filter(({ name }) => IMPURE.has(name))
      .map(({ name, line }) => violation("purity", module, line, `pure code uses \`${name}\`; take it as an argument`)),
  ]);
}

export function checkExactMath(project: Project): Violation[] {
  return shippedModules(project, "isExact").flatMap((module) =>
    module.references
      .filter(({ name }) => name === "**" || isInexactMath(name))
      .map(({ name, line }) => violation("exactMath", module, line, inexactMessage(name))),
  );
}

function isInexactMath(name: string): boolean {
  return name.startsWith("Math.") && !EXACT_MATH.has(name.slice("Math.".length));
}

function inexactMessage(name: string): string {
  if (name === "Math.random") return "`Math.random` cannot be replayed; use the counter-based generator";
  return `\`${name}\` has other bits on other engines; use the project's own functions`;
}

function shippedModules(project: Project, property: "isPure" | "isExact"): SourceModule[] {
  return [...project.modules.values()].filter(
    ({ zone }) => zone.role === "source" && policyOf(zone.packageName ?? "")?.[property] === true,
  );
}

function violation(rule: string, { path }: SourceModule, line: number, message: string): Violation {
  return { rule, path, line, message };
}
