/**
 * The notation of the grammar: plain text with `{slot}` for a word of the scene, `[one|two|]` for a free choice (nesting
 * allowed), and `a(n)` for the article that fits the next word. `{Slot}` is the same word with a capital letter.
 */
import type { Chooser } from "./chooser.ts";

type Node = string | { readonly slot: string; readonly capital: boolean } | { readonly options: readonly Template[] };

/** A compiled template: its parts in order. */
export type Template = readonly Node[];

/** Supplies the word of a slot; throws for a slot it does not know. */
export type Words = (slot: string) => string;

class TemplateReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  readWhole(): Template {
    const template = this.#readUntil("");
    if (this.#at !== this.#source.length) throw this.#fault("has a stray | or ]");
    return template;
  }

  #readUntil(ends: string): Template {
    const nodes: Node[] = [];
    while (this.#at < this.#source.length && !"|]".includes(this.#source[this.#at] as string)) {
      nodes.push(this.#readNode());
    }
    if (ends !== "" && this.#at === this.#source.length) throw this.#fault("lacks a ]");
    return nodes;
  }

  #readNode(): Node {
    const next = this.#source[this.#at];
    if (next === "[") return this.#readOptions();
    if (next === "{") return this.#readSlot();
    const end = this.#source.slice(this.#at).search(/[[\]{|]/);
    const text = end < 0 ? this.#source.slice(this.#at) : this.#source.slice(this.#at, this.#at + end);
    this.#at += text.length;
    return text;
  }

  #readOptions(): Node {
    const options: Template[] = [];
    do {
      this.#at += 1;
      options.push(this.#readUntil("|]"));
    } while (this.#source[this.#at] === "|");
    this.#at += 1;
    return { options };
  }

  #readSlot(): Node {
    const end = this.#source.indexOf("}", this.#at);
    if (end < 0) throw this.#fault("lacks a }");
    const name = this.#source.slice(this.#at + 1, end);
    this.#at = end + 1;
    const slot = name.charAt(0).toLowerCase() + name.slice(1);
    return { slot, capital: slot !== name };
  }

  #fault(what: string): Error {
    return new Error(`internal: story template ${what}: ${this.#source}`);
  }
}

const compiled = new Map<string, Template>();

/** Compiles a template once; later calls with the same source return the same object. */
function compileTemplate(source: string): Template {
  let template = compiled.get(source);
  if (template === undefined) {
    template = new TemplateReader(source).readWhole();
    compiled.set(source, template);
  }
  return template;
}

/** Writes the template out with the scene's words and freshly drawn choices. */
export function renderTemplate(source: string, words: Words, chooser: Chooser): string {
  return withArticles(renderNodes(compileTemplate(source), words, chooser));
}

function renderNodes(template: Template, words: Words, chooser: Chooser): string {
  let text = "";
  for (const node of template) {
    if (typeof node === "string") text += node;
    else if ("options" in node) text += renderNodes(chooser.pick(node.options), words, chooser);
    else text += node.capital ? capitalized(words(node.slot)) : words(node.slot);
  }
  return text;
}

/** The text with its first letter in upper case. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words of the grammar that are written with a vowel first but spoken with a consonant. */
const consonantSound = /^uni/;

/** Replaces every `a(n)` by "a" or "an", whichever fits the word after it. */
function withArticles(text: string): string {
  return text.replace(/\b(a|A)\(n\) (\w+)/g, (_, article: string, word: string) => {
    const vowelSound = /^[aeiou]/i.test(word) && !consonantSound.test(word);
    return `${article}${vowelSound ? "n" : ""} ${word}`;
  });
}

/** A noun phrase with its indefinite article, e.g. "an old owl". */
export function withArticle(nounPhrase: string): string {
  return withArticles(`a(n) ${nounPhrase}`);
}
