import { expect, test } from "vitest";
import { pythonJson } from "./pythonJson.ts";
import { parseTypedJson } from "./typedJson.ts";

test("numbers keep their text, and what is whole stays apart from what is not", () => {
  const text = '{"a": [1, 1.0, -0, 1e5, 0.10, 123456789012345678901234567890], "b": "\\u00e9 \\ud800", "": null}';
  const parsed = parseTypedJson(text);
  expect(parsed.ok && pythonJson(parsed.value)).toBe(text);
});

test.each([
  ["", "JSON_SYNTAX", "line 1, column 1: a value was expected"],
  ["{\n  'a': 1}", "JSON_SYNTAX", "line 2, column 3: a name in quotation marks was expected"],
  ["[1,]", "JSON_SYNTAX", "line 1, column 4: a value was expected"],
  ["[1 2]", "JSON_SYNTAX", 'line 1, column 4: "]" was expected'],
  ["01", "JSON_SYNTAX", "line 1, column 2: the end was expected"],
  ["NaN", "JSON_SYNTAX", "line 1, column 1: a value was expected"],
  ["nul", "JSON_SYNTAX", "line 1, column 1: a value was expected"],
  ['"a', "JSON_SYNTAX", "line 1, column 3: a text is not closed, or a control character is not escaped"],
  ['"\\x"', "JSON_SYNTAX", "line 1, column 1: a text has an unknown escape"],
  ["1e309", "JSON_NUMBER_RANGE", "has a number out of range: 1e309"],
  ["1e-9999999", "JSON_NUMBER_RANGE", "has a number out of range: 1e-9999999"],
  ["9".repeat(401), "JSON_NUMBER_RANGE", `has a number out of range: ${"9".repeat(40)}`],
  ['{"a":1,"a":1}', "JSON_DUPLICATE_KEY", 'names "a" twice'],
  ["[".repeat(65), "JSON_TOO_DEEP", "is nested more than 64 deep"],
  [" ".repeat(4_194_305), "JSON_TOO_LARGE", "has 4194305 characters, at most 4194304"],
])("%.20j is refused with its code", (text, code, reason) => {
  expect(parseTypedJson(text)).toEqual({ ok: false, code, reason });
});
