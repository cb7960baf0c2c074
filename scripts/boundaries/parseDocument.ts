/** Reads the scripts of a page or a component, those that it names and those that stand in it, like modules of their own. */
import type { ImportFact, ModuleFacts } from "./moduleFacts.ts";
import { parseModule } from "./parseModule.ts";

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/g;

/** @throws {Error} when a script is not valid TypeScript. */
export function parseDocument(path: string, text: string): ModuleFacts {
  // Everything around the scripts becomes blank, so that lines keep their numbers.
  let code = "";
  let at = 0;
  const named: ImportFact[] = [];
  for (const { 0: whole, 1: attributes = "", 2: body = "", index } of text.matchAll(SCRIPT)) {
    const start = index + whole.indexOf(">", attributes.length) + 1;
    code += blank(text.slice(at, start)) + body;
    at = start + body.length;
    const source = /\bsrc="([^"]+)"/.exec(attributes)?.[1];
    // A page names its scripts from the root of its package.
    if (source !== undefined) named.push({ specifier: `.${source}`, line: lineOf(text, index), names: "all" });
  }
  const facts = parseModule(`${path}.ts`, code);
  return { ...facts, imports: [...named, ...facts.imports] };
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
