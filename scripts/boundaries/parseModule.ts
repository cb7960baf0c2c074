/** Reads one TypeScript or JavaScript module into the facts that the rules work on. */
import { parseSync } from "oxc-parser";
import { LineIndex } from "./lineIndex.ts";
import type { ModuleFacts } from "./moduleFacts.ts";
import { readFunctions } from "./readFunctions.ts";
import { readModuleLinks } from "./readModuleLinks.ts";
import { readReferences } from "./readReferences.ts";
import type { SyntaxNode } from "./syntaxTree.ts";

/** @throws {Error} when the text is not valid TypeScript or JavaScript. */
export function parseModule(path: string, text: string): ModuleFacts {
  const result = parseSync(path, text, { preserveParens: false });
  const lines = new LineIndex(text);
  const [error] = result.errors;
  if (error !== undefined) {
    throw new Error(`${path}:${lines.lineAt(error.labels[0]?.start ?? 0)}: syntax error: ${error.message}`);
  }
  const program = result.program as unknown as SyntaxNode;
  return {
    ...readModuleLinks(program, lines),
    ...readReferences(program, lines),
    functions: readFunctions(program, lines),
    comments: result.comments.map(({ value, start }) => ({ text: value, line: lines.lineAt(start) })),
  };
}
