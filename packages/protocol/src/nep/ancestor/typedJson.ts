/**
 * JSON in which `1` and `1.0` stay two things: Python tells them apart and so does the ancestor's hash, while `JSON.parse`
 * makes one number of both. Numbers keep their text. Bounded in size, depth and digits; refused, though Python takes
 * them: `NaN`, `Infinity` and numbers that overflow to them, and objects that name a member twice.
 */
import { pythonRepr } from "./pythonRepr.ts";

export interface JsonNumber {
  readonly kind: "integer" | "float";
  /** As it was written. */
  readonly source: string;
}

export interface JsonMember {
  readonly key: string;
  readonly value: TypedJson;
}

export type TypedJson =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | JsonNumber
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "array"; readonly items: readonly TypedJson[] }
  | { readonly kind: "object"; readonly members: readonly JsonMember[] };

export type TypedJsonCode =
  | "JSON_TOO_LARGE"
  | "JSON_TOO_DEEP"
  | "JSON_SYNTAX"
  | "JSON_NUMBER_RANGE"
  | "JSON_DUPLICATE_KEY";

export type ParsedTypedJson =
  | { readonly ok: true; readonly value: TypedJson }
  | { readonly ok: false; readonly code: TypedJsonCode; readonly reason: string };

const MOST_CHARACTERS = 4_194_304;
const MOST_DEPTH = 64;
const MOST_NUMBER_CHARACTERS = 400;

export function jsonInteger(value: bigint | number): JsonNumber {
  return { kind: "integer", source: String(value) };
}

/** `source`: a JSON number with a point or an exponent. */
export function jsonFloat(source: string): JsonNumber {
  return { kind: "float", source };
}

/** Never throws, whatever the text is. */
export function parseTypedJson(text: string): ParsedTypedJson {
  if (text.length > MOST_CHARACTERS) {
    return { ok: false, code: "JSON_TOO_LARGE", reason: `has ${text.length} characters, at most ${MOST_CHARACTERS}` };
  }
  try {
    return { ok: true, value: new JsonReader(text).document() };
  } catch (error) {
    if (error instanceof JsonFault) return { ok: false, code: error.code, reason: error.message };
    throw error;
  }
}

class JsonFault extends Error {
  readonly code: TypedJsonCode;
  constructor(code: TypedJsonCode, reason: string) {
    super(reason);
    this.name = "JsonFault";
    this.code = code;
  }
}

const WORDS: Readonly<Record<string, TypedJson>> = {
  true: { kind: "bool", value: true },
  false: { kind: "bool", value: false },
  null: { kind: "null" },
};

class JsonReader {
  readonly #text: string;
  #offset = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): TypedJson {
    const value = this.#value();
    if (this.#peek() !== undefined) throw this.#unexpected("the end");
    return value;
  }

  #value(): TypedJson {
    const next = this.#peek();
    if (next === "{") return this.#nested(() => this.#object());
    if (next === "[") return this.#nested(() => this.#array());
    if (next === '"') return { kind: "string", value: this.#string() };
    return this.#number() ?? this.#word();
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > MOST_DEPTH) throw new JsonFault("JSON_TOO_DEEP", `is nested more than ${MOST_DEPTH} deep`);
    const value = read();
    this.#depth--;
    return value;
  }

  #object(): TypedJson {
    const members: JsonMember[] = [];
    const keys = new Set<string>();
    this.#items("}", () => {
      if (this.#peek() !== '"') throw this.#unexpected("a name in quotation marks");
      const key = this.#string();
      if (keys.has(key)) throw new JsonFault("JSON_DUPLICATE_KEY", `names "${key.slice(0, 64)}" twice`);
      keys.add(key);
      this.#expect(":");
      members.push({ key, value: this.#value() });
    });
    return { kind: "object", members };
  }

  #array(): TypedJson {
    const items: TypedJson[] = [];
    this.#items("]", () => items.push(this.#value()));
    return { kind: "array", items };
  }

  /** From the opening bracket to the closing one; no comma after the last item. */
  #items(close: string, readItem: () => void): void {
    this.#offset++;
    if (this.#peek() !== close) {
      readItem();
      while (this.#peek() === ",") {
        this.#offset++;
        readItem();
      }
    }
    this.#expect(close);
  }

  #string(): string {
    const start = this.#offset;
    let end = start + 1;
    for (; this.#text[end] !== '"'; end++) {
      const unit = this.#text.charCodeAt(end);
      if (Number.isNaN(unit) || unit < 0x20)
        throw this.#syntax(end, "a text is not closed, or a control character is not escaped");
      if (unit === 0x5c) end++;
    }
    this.#offset = end + 1;
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string;
    } catch {
      throw this.#syntax(start, "a text has an unknown escape");
    }
  }

  #number(): JsonNumber | undefined {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
    pattern.lastIndex = this.#offset;
    const [source, fraction, power] = pattern.exec(this.#text) ?? [];
    if (source === undefined) return undefined;
    const kind = fraction === undefined && power === undefined ? "integer" : "float";
    const isTooLong = source.length > MOST_NUMBER_CHARACTERS;
    if (isTooLong || (kind === "float" && pythonRepr(source) === undefined)) {
      throw new JsonFault("JSON_NUMBER_RANGE", `has a number out of range: ${source.slice(0, 40)}`);
    }
    this.#offset += source.length;
    return { kind, source };
  }

  #word(): TypedJson {
    const [word = ""] = /^[a-zA-Z]{1,5}/.exec(this.#text.slice(this.#offset, this.#offset + 5)) ?? [];
    const value = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (value === undefined) throw this.#unexpected("a value");
    this.#offset += word.length;
    return value;
  }

  /** The next character that is no blank. */
  #peek(): string | undefined {
    while (" \t\n\r".includes(this.#text[this.#offset] ?? "-")) this.#offset++;
    return this.#text[this.#offset];
  }

  #expect(character: string): void {
    if (this.#peek() !== character) throw this.#unexpected(`"${character}"`);
    this.#offset++;
  }

  #unexpected(wanted: string): JsonFault {
    return this.#syntax(this.#offset, `${wanted} was expected`);
  }

  #syntax(offset: number, reason: string): JsonFault {
    const before = this.#text.slice(0, offset).split("\n");
    return new JsonFault("JSON_SYNTAX", `line ${before.length}, column ${before.at(-1)!.length + 1}: ${reason}`);
  }
}
