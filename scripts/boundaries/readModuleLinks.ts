/** Reads what a module takes from other modules and what it gives. */
import type { LineIndex } from "./lineIndex.ts";
import type { ExportFact, ImportFact } from "./moduleFacts.ts";
import { isNode, nameOf, type SyntaxNode, walk } from "./syntaxTree.ts";

interface ModuleLinks {
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
}

type Reader = (node: SyntaxNode, line: number) => { imports?: readonly ImportFact[]; exports?: readonly ExportFact[] };

/** One reader for each kind of node that links modules. */
const READERS: Readonly<Record<string, Reader>> = {
  ImportDeclaration: (node, line) => ({ imports: [{ ...target(node, line), names: importedNames(node) }] }),
  ImportExpression: (node, line) => wholeModule(nameOf(node.source), line),
  TSImportType: (node, line) => wholeModule(nameOf(node.source) ?? nameOf(node.argument), line),
  // A worker file or a child process is named by a path; whoever names it uses it.
  Literal: (node, line) => wholeModule(modulePath(node), line),
  ExportAllDeclaration: (node, line) => ({ imports: [{ ...target(node, line), names: "all" }] }),
  ExportDefaultDeclaration: (_node, line) => ({ exports: [{ name: "default", line, isType: false }] }),
  ExportNamedDeclaration: (node, line) =>
    isNode(node.source) ? reexports(node, line) : { exports: [...declared(node, line), ...listed(node, line)] },
};

export function readModuleLinks(program: SyntaxNode, lines: LineIndex): ModuleLinks {
  const imports: ImportFact[] = [];
  const exports: ExportFact[] = [];
  walk(program, (node, parents) => {
    if (node.type === "Literal" && isModuleSource(parents.at(-1))) return;
    const links = READERS[node.type]?.(node, lines.lineAt(node.start));
    imports.push(...(links?.imports ?? []));
    exports.push(...(links?.exports ?? []));
  });
  return { imports, exports };
}

function isModuleSource(parent: SyntaxNode | undefined): boolean {
  return parent !== undefined && /^(Import|Export|TSImport|TSLiteralType)/.test(parent.type);
}

function target(node: SyntaxNode, line: number): { specifier: string; line: number } {
  return { specifier: nameOf(node.source) ?? "", line };
}

function wholeModule(specifier: string | undefined, line: number): { imports: readonly ImportFact[] } {
  return { imports: specifier === undefined ? [] : [{ specifier, line, names: "all" }] };
}

function modulePath(literal: SyntaxNode): string | undefined {
  const text = nameOf(literal);
  return text !== undefined && /^\.{1,2}\/[^\s*]+\.(ts|mjs)$/.test(text) ? text : undefined;
}

function nodesIn(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function importedNames(node: SyntaxNode): readonly string[] | "all" {
  const specifiers = nodesIn(node.specifiers);
  if (specifiers.some(({ type }) => type === "ImportNamespaceSpecifier")) return "all";
  return specifiers.map((each) => (each.type === "ImportDefaultSpecifier" ? "default" : (nameOf(each.imported) ?? "")));
}

/** `export { a as b } from "./c.ts"`: an export of this module that leans on another one. */
function reexports(node: SyntaxNode, line: number): ReturnType<Reader> {
  const { specifier } = target(node, line);
  const exports = nodesIn(node.specifiers).map((each) => ({
    name: nameOf(each.exported) ?? "",
    line,
    isType: node.exportKind === "type" || each.exportKind === "type",
    from: { specifier, original: nameOf(each.local) ?? "" },
  }));
  return { imports: [{ specifier, line, names: [] }], exports };
}

/** `export { a, b }` of names declared or imported above. */
function listed(node: SyntaxNode, line: number): ExportFact[] {
  return nodesIn(node.specifiers).map((each) => ({
    name: nameOf(each.exported) ?? "",
    line,
    isType: node.exportKind === "type" || each.exportKind === "type",
  }));
}

/** `export const a = ...`, `export function f`, `export interface I`. */
function declared(node: SyntaxNode, line: number): ExportFact[] {
  const { declaration } = node;
  if (!isNode(declaration)) return [];
  const isType = /^TS(Interface|TypeAlias)/.test(declaration.type);
  const names = declaration.type === "VariableDeclaration" ? boundNames(declaration) : [nameOf(declaration.id) ?? ""];
  return names.map((name) => ({ name, line, isType }));
}

function boundNames(declaration: SyntaxNode): string[] {
  return nodesIn(declaration.declarations).flatMap(({ id }) => namesInPattern(id));
}

/** `a`, `{ a, b: c }`, `[a, ...b]`, with defaults; never the names in a type annotation. */
function namesInPattern(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  if (pattern.type === "Identifier") return [pattern.name as string];
  const parts = [
    pattern.left,
    pattern.argument,
    pattern.value,
    ...nodesIn(pattern.properties),
    ...nodesIn(pattern.elements),
  ];
  return parts.flatMap(namesInPattern);
}
