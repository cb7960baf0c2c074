/**
 * Fails with `file:line: [rule] message` for everything in the repository that breaks a rule of scripts/boundaries.
 * Usage: `npm run boundaries`.
 */
import { dirname } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { checkProject, RULES } from "./boundaries/checkProject.ts";
import { createProject } from "./boundaries/project.ts";
import { readTexts } from "./boundaries/readTexts.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Returns whether the repository keeps every rule. */
function check(): boolean {
  const project = createProject(readTexts(root));
  const violations = checkProject(project);
  for (const { path, line, rule, message } of violations) console.error(`${path}:${line}: [${rule}] ${message}`);
  const summary = `boundaries: ${project.modules.size} modules, ${Object.keys(RULES).length} rules`;
  console.log(`${summary}, ${violations.length} violations`);
  return violations.length === 0;
}

try {
  process.exitCode = check() ? 0 : 1;
} catch (error) {
  console.error(`boundaries: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
