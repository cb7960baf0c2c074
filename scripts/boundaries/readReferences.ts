/** Reads which names a module uses, so that rules can forbid some of them. */
import type { LineIndex } from "./lineIndex.ts";
import type { ReferenceFact } from "./moduleFacts.ts";
import { isFunction, isNode, nameOf, type SyntaxNode, walk } from "./syntaxTree.ts";

interface References {
  readonly references: readonly ReferenceFact[];
  readonly asyncLines: readonly number[];
  readonly nameCounts: ReadonlyMap<string, number>;
}

export function readReferences(program: SyntaxNode, lines: LineIndex): References {
  const references: ReferenceFact[] = [];
  const asyncLines: number[] = [];
  const nameCounts = new Map<string, number>();
  walk(program, (node, parents) => {
    const line = lines.lineAt(node.start);
    if (isAsync(node)) asyncLines.push(line);
    if (node.type === "Identifier") {
      const name = node.name as string;
      nameCounts.set(name, (nameCounts.get(name) ?? 0) + 1);
      if (!isLabel(node, parents.at(-1))) references.push({ name, line });
    }
    if (node.type === "MemberExpression") references.push(...memberReferences(node, line));
    if (isInexactPower(node)) references.push({ name: "**", line });
  });
  return { references, asyncLines, nameCounts };
}

function isAsync(node: SyntaxNode): boolean {
  const waits = node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await === true);
  return waits || (isFunction(node) && node.async === true);
}

/** True for a name that says which property is meant and reads no variable: `a.name`, `{ name: 1 }`, `{ name(): void }`. */
function isLabel(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (parent === undefined || parent.computed === true) return false;
  if (parent.property === node) return true;
  return parent.key === node && parent.shorthand !== true;
}

/** `Math.random` as one name; a global reached through `globalThis` counts as that global. */
function memberReferences(node: SyntaxNode, line: number): ReferenceFact[] {
  const object = isNode(node.object) && node.object.type === "Identifier" ? nameOf(node.object) : undefined;
  const property = node.computed === true && !isLiteral(node.property) ? undefined : nameOf(node.property);
  if (object === undefined || property === undefined) return [];
  return [{ name: object === "globalThis" ? property : `${object}.${property}`, line }];
}

/** `2 ** 20` and anything with a bigint literal is exact; a power of variables is `Math.pow` in disguise. */
function isInexactPower(node: SyntaxNode): boolean {
  if (node.operator !== "**" && node.operator !== "**=") return false;
  const operands = [node.left, node.right];
  const isBigint = operands.some((operand) => isLiteral(operand) && typeof operand.bigint === "string");
  return !isBigint && !operands.every(isLiteral);
}

function isLiteral(value: unknown): value is SyntaxNode {
  return isNode(value) && value.type === "Literal";
}
