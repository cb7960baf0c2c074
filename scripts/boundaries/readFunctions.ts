/** Measures the functions of a module: length in lines and cyclomatic complexity. */
import type { LineIndex } from "./lineIndex.ts";
import type { FunctionFact } from "./moduleFacts.ts";
import { isFunction, isNode, nameOf, type SyntaxNode, walk } from "./syntaxTree.ts";

const BRANCHING = new Set([
  "IfStatement",
  "ConditionalExpression",
  "LogicalExpression",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "WhileStatement",
  "DoWhileStatement",
  "CatchClause",
]);

export function readFunctions(program: SyntaxNode, lines: LineIndex): FunctionFact[] {
  const found = new Map<SyntaxNode, { branches: number; parent: SyntaxNode | undefined }>();
  walk(program, (node, parents) => {
    if (isFunction(node)) found.set(node, { branches: 0, parent: parents.at(-1) });
    if (!isBranch(node)) return;
    // A branch belongs to the innermost function around it.
    const owner = found.get(parents.findLast(isFunction) ?? program);
    if (owner !== undefined) owner.branches += 1;
  });
  return [...found].map(([node, { branches, parent }]) => {
    const line = lines.lineAt(node.start);
    return {
      name: functionName(node, parent),
      line,
      lineCount: lines.lineAt(node.end) - line + 1,
      complexity: branches + 1,
      isSuite: parent?.type === "CallExpression" && calledName(parent) === "describe",
    };
  });
}

function isBranch(node: SyntaxNode): boolean {
  return BRANCHING.has(node.type) || (node.type === "SwitchCase" && isNode(node.test));
}

function functionName(node: SyntaxNode, parent: SyntaxNode | undefined): string {
  return nameOf(node.id) ?? nameOf(parent?.id) ?? nameOf(parent?.key) ?? "(anonymous)";
}

/** The plain name at the root of a call: `describe` for `describe.each(rows)("...", f)` as well. */
function calledName(call: SyntaxNode): string | undefined {
  let callee: unknown = call.callee;
  while (isNode(callee) && callee.type !== "Identifier") callee = callee.object ?? callee.callee;
  return nameOf(callee);
}
