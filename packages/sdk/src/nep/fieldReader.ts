/** Takes the fields of a YAML map one by one, with types and lengths checked; every fault is found at its own place. */
import { parseDecimal } from "@neuroshard/protocol";
import { didYouMean } from "./didYouMean.ts";
import type { Findings, NepProblemCode, Place } from "./problem.ts";
import { readNumber } from "./readNumber.ts";
import type { YamlMap, YamlNode } from "./yamlTree.ts";

export interface TextRule {
  readonly mostBytes: number;
  /** What stands for a text that is not there; without it, that is a problem. */
  readonly byDefault?: string;
}

export class FieldReader {
  readonly #map: YamlMap;
  readonly #path: string;
  readonly #findings: Findings;
  readonly #known: string[] = [];

  /** `path`: where the map stands, empty for the whole front matter. */
  constructor(map: YamlMap, path: string, findings: Findings) {
    this.#map = map;
    this.#path = path;
    this.#findings = findings;
    const seen = new Set<string>();
    for (const { key, line, column } of map.entries) {
      if (seen.has(key)) findings.error({ line, column }, "DUPLICATE_KEY", `"${key}" is there twice; keep one`);
      else findings.mark(this.pathOf(key), { line, column });
      seen.add(key);
    }
  }

  pathOf(key: string): string {
    return this.#path === "" ? key : `${this.#path}.${key}`;
  }

  take(key: string): YamlNode | undefined {
    this.#known.push(key);
    return this.#map.entries.find((entry) => entry.key === key)?.value;
  }

  text(key: string, { mostBytes, byDefault }: TextRule): string {
    const node = this.take(key);
    if (node === undefined) return byDefault ?? this.missing(key, `add a line "${key}: ..."`, "");
    if (node.kind !== "scalar") return this.wrong(key, "WRONG_TYPE", "must be text; put it behind the colon", "");
    const bytes = new TextEncoder().encode(node.text).length;
    if (bytes <= mostBytes) return node.text;
    return this.wrong(key, "TOO_LONG", `has ${bytes} bytes; shorten it to ${mostBytes}`, "");
  }

  word<Word extends string>(key: string, words: readonly Word[]): Word | undefined {
    const remedy = `use one of ${words.join(", ")}`;
    const node = this.take(key);
    if (node === undefined || isBlank(node)) return this.missing(key, remedy, undefined);
    const word = words.find((word) => node.kind === "scalar" && node.text === word);
    return word ?? this.wrong(key, "UNKNOWN_WORD", `is unknown; ${remedy}`, undefined);
  }

  flag(key: string): boolean | undefined {
    const text = this.#plain(key, "true or false");
    if (text === undefined || text === "true" || text === "false") return text && text === "true";
    return this.wrong(key, "WRONG_TYPE", "must be true or false; write one of them without quotation marks", undefined);
  }

  decimal(key: string): bigint | undefined {
    return this.#number(key, parseDecimal);
  }

  whole(key: string): bigint | undefined {
    return this.#number(key, (text) => (/^-?\d{1,39}$/.test(text) ? BigInt(text) : undefined));
  }

  /** From 0 to 2^32 - 1. */
  count(key: string): number | undefined {
    const value = this.whole(key);
    if (value === undefined || (value >= 0n && value <= 0xffff_ffffn))
      return value === undefined ? value : Number(value);
    return this.wrong(key, "BAD_NUMBER", "is out of range; write a whole number from 0 to 4294967295", undefined);
  }

  /** Texts, one an item. */
  texts(key: string, mostItems: number, mostBytes: number): readonly string[] {
    return this.#items(key, mostItems).map((node, index) => {
      const path = `${this.pathOf(key)}[${index}]`;
      this.#findings.mark(path, node);
      const bytes = node.kind === "scalar" ? new TextEncoder().encode(node.text).length : 0;
      if (node.kind !== "scalar")
        this.#findings.error(node, "WRONG_TYPE", `"${path}" must be text; write one line an item`);
      if (bytes > mostBytes)
        this.#findings.error(node, "TOO_LONG", `"${path}" has ${bytes} bytes; shorten it to ${mostBytes}`);
      return node.kind === "scalar" ? node.text : "";
    });
  }

  /** Maps, one an item. */
  list<T>(key: string, mostItems: number, read: (item: FieldReader) => T): readonly T[] {
    return this.#items(key, mostItems).flatMap((node, index) => {
      const path = `${this.pathOf(key)}[${index}]`;
      this.#findings.mark(path, node);
      if (node.kind === "map") return [readWhole(new FieldReader(node, path, this.#findings), read)];
      this.#findings.error(node, "WRONG_TYPE", `"${path}" must have fields; write them as "name: value"`);
      return [];
    });
  }

  /** The fields of a map; undefined when it is not there. */
  inner<T>(key: string, read: (inner: FieldReader) => T): T | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    if (node.kind === "map") return readWhole(new FieldReader(node, this.pathOf(key), this.#findings), read);
    return this.wrong(
      key,
      "WRONG_TYPE",
      'must have fields; write them below it as "  name: value", or {} for none',
      undefined,
    );
  }

  /** To be called when everything known was taken. */
  finish(): void {
    for (const { key, line, column } of this.#map.entries) {
      if (this.#known.includes(key)) continue;
      const hint = didYouMean(key, this.#known) || `known are ${this.#known.join(", ")}`;
      this.#findings.error({ line, column }, "UNKNOWN_KEY", `"${key.slice(0, 60)}" is no field here; ${hint}`);
    }
  }

  missing<T>(key: string, remedy: string, instead: T): T {
    this.#findings.error(this.#placeOf(key), "MISSING_KEY", `"${this.pathOf(key)}" is missing; ${remedy}`);
    return instead;
  }

  wrong<T>(key: string, code: NepProblemCode, reason: string, instead: T): T {
    this.#findings.error(this.#placeOf(key), code, `"${this.pathOf(key)}" ${reason}`);
    return instead;
  }

  #placeOf(key: string): Place {
    return this.#map.entries.find((entry) => entry.key === key) ?? this.#map;
  }

  #plain(key: string, wanted: string): string | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    if (isBlank(node)) return this.missing(key, `write ${wanted}`, undefined);
    if (node.kind === "scalar" && node.isPlain) return node.text;
    return this.wrong(key, "WRONG_TYPE", `must be ${wanted}; write it without quotation marks`, undefined);
  }

  #number(key: string, parse: (text: string) => bigint | undefined): bigint | undefined {
    const text = this.#plain(key, "a number");
    if (text === undefined) return undefined;
    const number = readNumber(text, parse);
    return number.ok ? number.value : this.wrong(key, "BAD_NUMBER", number.reason, undefined);
  }

  #items(key: string, mostItems: number): readonly YamlNode[] {
    const node = this.take(key);
    if (node === undefined) return [];
    if (node.kind !== "list")
      return this.wrong(key, "WRONG_TYPE", 'must be a list; begin every item with "-", or write []', []);
    if (node.items.length <= mostItems) return node.items;
    return this.wrong(key, "TOO_LONG", `has ${node.items.length} items; at most ${mostItems} fit`, []);
  }
}

function readWhole<T>(reader: FieldReader, read: (reader: FieldReader) => T): T {
  const value = read(reader);
  reader.finish();
  return value;
}

function isBlank(node: YamlNode): boolean {
  return node.kind === "scalar" && node.text === "" && node.isPlain;
}
