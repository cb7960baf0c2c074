/** Budgets: lines of a file, lines and branches of a function. */
import { MAX_CYCLOMATIC_COMPLEXITY, MAX_FILE_LINES, MAX_FUNCTION_LINES } from "../limits.ts";
import type { Project, Violation } from "../project.ts";

export function checkFileSize(project: Project): Violation[] {
  return [...project.texts].flatMap(([path, text]) => {
    const lineCount = text.replace(/\n$/, "").split("\n").length;
    if (!/\.(ts|mjs|c|h|py|svelte|css)$/.test(path) || lineCount <= MAX_FILE_LINES) return [];
    return [{ rule: "fileSize", path, line: 1, message: `${lineCount} lines, ${MAX_FILE_LINES} allowed` }];
  });
}

export function checkFunctionSize(project: Project): Violation[] {
  return [...project.modules.values()].flatMap(({ path, functions }) =>
    functions
      .filter(({ isSuite, lineCount }) => !isSuite && lineCount > MAX_FUNCTION_LINES)
      .map(({ name, line, lineCount }) => ({
        rule: "functionSize",
        path,
        line,
        message: `function ${name} has ${lineCount} lines, ${MAX_FUNCTION_LINES} allowed`,
      })),
  );
}

export function checkComplexity(project: Project): Violation[] {
  return [...project.modules.values()].flatMap(({ path, functions }) =>
    functions
      .filter(({ complexity }) => complexity > MAX_CYCLOMATIC_COMPLEXITY)
      .map(({ name, line, complexity }) => ({
        rule: "complexity",
        path,
        line,
        message: `function ${name} has cyclomatic complexity ${complexity}, ${MAX_CYCLOMATIC_COMPLEXITY} allowed`,
      })),
  );
}
