/** Takes the members of a JSON object one by one, with their types checked; what nobody took is `rest()`. */
import type { JsonMember, JsonNumber, TypedJson } from "./typedJson.ts";

export type AncestorCode = "WRONG_TYPE" | "MISSING_KEY" | "UNKNOWN_WORD";

/** Thrown while a proposal is read; `readProposal` returns it. */
export class AncestorFault extends Error {
  readonly code: AncestorCode;
  /** `parameter_changes[0].old_value` */
  readonly path: string;

  constructor(code: AncestorCode, path: string, reason: string) {
    super(reason);
    this.name = "AncestorFault";
    this.code = code;
    this.path = path;
  }
}

export class MemberReader {
  readonly #path: string;
  readonly #members: readonly JsonMember[];
  readonly #taken = new Set<string>();

  /** `path`: where the object stands, empty for the whole document. */
  constructor(value: TypedJson, path: string) {
    if (value.kind !== "object") throw wrongType(path, "an object");
    this.#path = path;
    this.#members = value.members;
  }

  pathOf(key: string): string {
    return this.#path === "" ? key : `${this.#path}.${key}`;
  }

  optional(key: string): TypedJson | undefined {
    this.#taken.add(key);
    return this.#members.find((member) => member.key === key)?.value;
  }

  value(key: string): TypedJson {
    const value = this.optional(key);
    if (value === undefined) throw new AncestorFault("MISSING_KEY", this.pathOf(key), "is missing");
    return value;
  }

  text(key: string, byDefault?: string): string {
    const value = byDefault === undefined ? this.value(key) : (this.optional(key) ?? textOf(byDefault));
    if (value.kind !== "string") throw wrongType(this.pathOf(key), "text");
    return value.value;
  }

  word<Word extends string>(key: string, words: readonly Word[], byDefault: Word): Word {
    const text = this.text(key, byDefault);
    const word = words.find((candidate) => candidate === text);
    if (word === undefined) {
      throw new AncestorFault("UNKNOWN_WORD", this.pathOf(key), `must be one of ${words.join(", ")}`);
    }
    return word;
  }

  number(key: string, byDefault: JsonNumber): JsonNumber {
    const value = this.optional(key) ?? byDefault;
    if (value.kind !== "integer" && value.kind !== "float") throw wrongType(this.pathOf(key), "a number");
    return value;
  }

  numberOrNull(key: string): JsonNumber | null {
    if (this.optional(key)?.kind === "null") return null;
    return this.optional(key) === undefined ? null : this.number(key, { kind: "integer", source: "0" });
  }

  flag(key: string, byDefault: boolean): boolean {
    const value = this.optional(key) ?? { kind: "bool", value: byDefault };
    if (value.kind !== "bool") throw wrongType(this.pathOf(key), "true or false");
    return value.value;
  }

  /** Reads every item of a list; no such member is an empty list. */
  list<T>(key: string, read: (item: TypedJson, path: string) => T): readonly T[] {
    const value = this.optional(key) ?? { kind: "array", items: [] };
    if (value.kind !== "array") throw wrongType(this.pathOf(key), "a list");
    return value.items.map((item, index) => read(item, `${this.pathOf(key)}[${index}]`));
  }

  /** The members of an object inside this one; no such member is an empty object. */
  inner(key: string): MemberReader {
    return new MemberReader(this.optional(key) ?? { kind: "object", members: [] }, this.pathOf(key));
  }

  rest(): readonly JsonMember[] {
    return this.#members.filter(({ key }) => !this.#taken.has(key));
  }
}

export function wrongType(path: string, wanted: string): AncestorFault {
  return new AncestorFault("WRONG_TYPE", path, `must be ${wanted}`);
}

function textOf(value: string): TypedJson {
  return { kind: "string", value };
}
