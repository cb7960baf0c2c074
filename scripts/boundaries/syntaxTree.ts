/** Walks the syntax tree that oxc-parser returns (ESTree with TypeScript nodes) without knowing every node type. */
import { visitorKeys } from "oxc-parser";

export interface SyntaxNode {
  readonly type: string;
  /** Offsets into the source text. */
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const fields = visitorKeys[node.type] ?? [];
  return fields.flatMap((field) => {
    const value = node[field];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });
}

/** Visits `node` and everything below it, parents first. `parents` runs from the root to the direct parent. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
  parents: readonly SyntaxNode[] = [],
): void {
  visit(node, parents);
  const below = [...parents, node];
  for (const child of childrenOf(node)) walk(child, visit, below);
}

const FUNCTION_TYPES = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

export function isFunction(node: SyntaxNode): boolean {
  return FUNCTION_TYPES.has(node.type);
}

/** The name of an identifier or the value of a string literal, undefined for every other node. */
export function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Identifier") return value.name as string;
  return value.type === "Literal" && typeof value.value === "string" ? value.value : undefined;
}
