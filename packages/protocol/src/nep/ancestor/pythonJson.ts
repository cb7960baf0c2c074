/** Writes JSON as Python's `json.dumps` does: blanks after `,` and `:`, everything but printable ASCII escaped. */
import { pythonRepr } from "./pythonRepr.ts";
import type { JsonMember, JsonNumber, TypedJson } from "./typedJson.ts";

/** Members in their order, numbers as they were written. */
export function pythonJson(value: TypedJson): string {
  return written(value, { number: ({ source }) => source, order: (members) => members });
}

/** With `sort_keys=True`, and numbers as Python writes them: what is hashed. */
export function sortedPythonJson(value: TypedJson): string {
  return written(value, { number: pythonNumber, order: (members) => members.toSorted(byCodePoints) });
}

interface Style {
  number(value: JsonNumber): string;
  order(members: readonly JsonMember[]): readonly JsonMember[];
}

function written(value: TypedJson, style: Style): string {
  switch (value.kind) {
    case "null":
      return "null";
    case "bool":
      return String(value.value);
    case "integer":
    case "float":
      return style.number(value);
    case "string":
      return quoted(value.value);
    case "array":
      return `[${value.items.map((item) => written(item, style)).join(", ")}]`;
    case "object": {
      const members = style
        .order(value.members)
        .map((member) => `${quoted(member.key)}: ${written(member.value, style)}`);
      return `{${members.join(", ")}}`;
    }
  }
}

function pythonNumber({ kind, source }: JsonNumber): string {
  if (kind === "integer") return source === "-0" ? "0" : source;
  const text = pythonRepr(source);
  if (text === undefined) throw new Error(`internal: ${source} is no finite number`);
  return text;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
};

/** Per UTF-16 unit, as Python does it: a character beyond U+FFFF becomes two escapes. */
function quoted(text: string): string {
  const escaped = text.replace(/[^ !#-[\]-~]/g, (unit) => {
    return SHORT_ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

/** Python compares code points; JavaScript compares UTF-16 units, which differs beyond U+FFFF. */
function byCodePoints(a: JsonMember, b: JsonMember): number {
  const left = [...a.key];
  const right = [...b.key];
  for (let index = 0; index < left.length && index < right.length; index++) {
    const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
