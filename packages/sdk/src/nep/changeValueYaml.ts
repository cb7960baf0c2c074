/**
 * Values of parameter changes in the front matter: `null`, `true`, `1`, `0.5`, `mla`, a list of
 * `{ from: 0.0, value: 0.3 }` for a schedule, and `{ json: "..." }` for what is none of these.
 */
import { type ChangeValue, formatDecimal, parseDecimal } from "@neuroshard/protocol";
import type { FieldReader } from "./fieldReader.ts";
import { type NumberReading, readNumber } from "./readNumber.ts";
import { isReservedWord, quotedYaml } from "./yamlText.ts";
import type { YamlScalar } from "./yamlTree.ts";

const SIMPLE_WORD = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** What other readers of YAML take for a number, though it is none here. */
const NUMBER_LIKE = /^[-+]?(0[ox][0-9a-f]+|\d[\d_]*|(\d[\d_]*)?\.\d+|\d+\.|\.inf|\.nan)(e[-+]?\d+)?$/i;

const REMEDIES = {
  old: "write the value that holds now, or null when there is none",
  new: "write the value to set",
} as const;

export function readChangeValue(reader: FieldReader, key: "old" | "new"): ChangeValue {
  const node = reader.take(key);
  if (node === undefined) return reader.missing(key, REMEDIES[key], NONE);
  if (node.kind === "scalar") return scalarValue(reader, key, node);
  if (node.kind === "map") {
    return { kind: "json", source: reader.inner(key, (inner) => inner.text("json", { mostBytes: 4096 })) ?? "" };
  }
  const points = reader.list(key, 16, (point) => ({
    from: point.decimal("from") ?? 0n,
    value: point.decimal("value") ?? 0n,
  }));
  return { kind: "schedule", points };
}

/** What follows the key, with the blank before it. `indent`: blanks before the key. */
export function changeValueYaml(value: ChangeValue, indent: string): string {
  switch (value.kind) {
    case "none":
      return " null";
    case "flag":
    case "integer":
      return ` ${value.value}`;
    case "decimal":
      return ` ${decimalYaml(value.value)}`;
    case "word": {
      const isSimple = SIMPLE_WORD.test(value.value) && !isReservedWord(value.value);
      return ` ${isSimple ? value.value : quotedYaml(value.value)}`;
    }
    case "schedule": {
      const points = value.points.map((point) => {
        return `\n${indent}  - { from: ${decimalYaml(point.from)}, value: ${decimalYaml(point.value)} }`;
      });
      return points.length === 0 ? " []" : points.join("");
    }
    case "json":
      return `\n${indent}  json: ${quotedYaml(value.source)}`;
  }
}

/** Always with a point: `1.0` is a decimal, `1` an integer. */
export function decimalYaml(value: bigint): string {
  const text = formatDecimal(value);
  return text.includes(".") ? text : `${text}.0`;
}

const NONE: ChangeValue = { kind: "none" };

function scalarValue(reader: FieldReader, key: "old" | "new", { text, isPlain }: YamlScalar): ChangeValue {
  const word: ChangeValue = { kind: "word", value: text };
  if (!isPlain) return word;
  if (text === "") return reader.missing(key, REMEDIES[key], NONE);
  if (text === "null") return NONE;
  if (text === "true" || text === "false") return { kind: "flag", value: text === "true" };
  if (isReservedWord(text)) {
    return reader.wrong(
      key,
      "WRONG_TYPE",
      `means different things in YAML; write true, false or null, or "${text}"`,
      NONE,
    );
  }
  if (!NUMBER_LIKE.test(text)) return word;
  const number: NumberReading = text.includes(".") ? readNumber(text, parseDecimal) : readNumber(text, wholeNumber);
  if (!number.ok) return reader.wrong(key, "BAD_NUMBER", number.reason, NONE);
  return { kind: text.includes(".") ? "decimal" : "integer", value: number.value };
}

function wholeNumber(text: string): bigint | undefined {
  return /^(0|-?[1-9]\d{0,38})$/.test(text) ? BigInt(text) : undefined;
}
