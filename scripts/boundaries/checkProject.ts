/** Runs every rule over the repository, less the listed exceptions. */
import { EXCEPTIONS, type Exception } from "./limits.ts";
import type { Project, Violation } from "./project.ts";
import { checkCallers } from "./rules/callers.ts";
import { checkCitations } from "./rules/citations.ts";
import { checkCycles } from "./rules/cycles.ts";
import { checkImports } from "./rules/imports.ts";
import { checkManifests } from "./rules/manifests.ts";
import { checkPlatform } from "./rules/platform.ts";
import { checkExactMath, checkPurity } from "./rules/purity.ts";
import { checkComplexity, checkFileSize, checkFunctionSize } from "./rules/size.ts";
import { checkFileNames, checkWords } from "./rules/wording.ts";

type Rule = (project: Project) => readonly Violation[];

/** The key is the `rule` of the violations that the function reports. */
export const RULES = {
  imports: checkImports,
  manifests: checkManifests,
  platform: checkPlatform,
  purity: checkPurity,
  exactMath: checkExactMath,
  cycles: checkCycles,
  fileSize: checkFileSize,
  functionSize: checkFunctionSize,
  complexity: checkComplexity,
  fileNames: checkFileNames,
  words: checkWords,
  callers: checkCallers,
  citations: checkCitations,
} satisfies Readonly<Record<string, Rule>>;

export function checkProject(project: Project, exceptions: readonly Exception[] = EXCEPTIONS): Violation[] {
  const found = Object.values<Rule>(RULES).flatMap((rule) => rule(project));
  const excuses = (exception: Exception, violation: Violation): boolean =>
    exception.rule === violation.rule && exception.path === violation.path;
  const stale = exceptions
    .filter((exception) => !found.some((violation) => excuses(exception, violation)))
    .map(({ rule, path }) => ({
      rule: "exceptions",
      path,
      line: 1,
      message: `the exception from ${rule} is not needed`,
    }));
  const kept = found.filter((violation) => !exceptions.some((exception) => excuses(exception, violation)));
  return [...kept, ...stale].sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}
