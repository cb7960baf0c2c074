import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal, ONE } from "../../numbers/decimal.ts";
import type { Digest } from "../../types/identifiers.ts";
import type { ChangeValue, NepDocument } from "../document.ts";
import { newNepDocument } from "../newNepDocument.ts";
import { changeValueOf, jsonOfChangeValue } from "./changeValueJson.ts";
import { fromDocument } from "./fromDocument.ts";
import { readProposal } from "./readProposal.ts";
import { toDocument } from "./toDocument.ts";
import { parseTypedJson, type TypedJson } from "./typedJson.ts";
import { writeProposal } from "./writeProposal.ts";

const SEED = Number(process.env.FUZZ_SEED ?? 7);

function documentOf(json: string): ReturnType<typeof toDocument> {
  const read = readProposal(json);
  if (!read.ok) throw new Error(`${read.code} ${read.path} ${read.reason}`);
  return toDocument(read.proposal);
}

function typed(json: string): TypedJson {
  const parsed = parseTypedJson(json);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
}

test.each<[string, ChangeValue]>([
  ["null", { kind: "none" }],
  ["true", { kind: "flag", value: true }],
  ["1", { kind: "integer", value: 1n }],
  ["1.0", { kind: "decimal", value: ONE }],
  ["1e-05", { kind: "decimal", value: decimal("0.00001") }],
  ['"mla"', { kind: "word", value: "mla" }],
  ['[{"from": 0.0, "value": 0.3}]', { kind: "schedule", points: [{ from: 0n, value: decimal("0.3") }] }],
  ["-0.0", { kind: "json", source: "-0.0" }],
  ["1e-30", { kind: "json", source: "1e-30" }],
  ["[]", { kind: "json", source: "[]" }],
  ['[{"from": 0, "value": 1}]', { kind: "json", source: '[{"from": 0, "value": 1}]' }],
  ['{"a": [1, 1.0]}', { kind: "json", source: '{"a": [1, 1.0]}' }],
  ['"\\ud800"', { kind: "json", source: '"\\ud800"' }],
])("the value %s is typed where a type holds it exactly", (json, value) => {
  expect(changeValueOf(typed(json))).toEqual(value);
});

const signed = fc.bigInt({ min: -(1n << 120n), max: 1n << 120n });
const points = fc.array(fc.record({ from: signed, value: signed }), { minLength: 1, maxLength: 16 });
const shortText = fc.string({ unit: "binary", maxLength: 40 });
const changeValue: fc.Arbitrary<ChangeValue> = fc.oneof(
  fc.constant<ChangeValue>({ kind: "none" }),
  fc.boolean().map((value): ChangeValue => ({ kind: "flag", value })),
  signed.map((value): ChangeValue => ({ kind: "integer", value })),
  signed.map((value): ChangeValue => ({ kind: "decimal", value })),
  shortText.map((value): ChangeValue => ({ kind: "word", value })),
  points.map((points): ChangeValue => ({ kind: "schedule", points })),
);
const digest = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
const change = fc.record({
  ...{ module: shortText, parameter: shortText, rationale: shortText },
  ...{ oldValue: changeValue, newValue: changeValue },
});
const document: fc.Arbitrary<NepDocument> = fc
  .record({
    ...{
      title: shortText,
      description: shortText,
      abstract: shortText,
      motivation: shortText,
      specification: shortText,
    },
    ...{ securityConsiderations: shortText, backwardCompatibility: shortText, testCases: shortText },
    nepType: fc.constantFrom("arch", "econ", "train", "net", "gov", "emergency"),
    parameterChanges: fc.array(change, { maxLength: 4 }),
    codeChanges: fc.uniqueArray(fc.record({ path: shortText, change: shortText }), { selector: ({ path }) => path }),
    approvalThreshold: signed,
    quorumThreshold: signed,
    requires: fc.array(digest as fc.Arbitrary<Digest>, { maxLength: 2 }),
    supersedes: fc.array(digest as fc.Arbitrary<Digest>, { maxLength: 2 }),
    ratifies: fc.option(digest as fc.Arbitrary<Digest>),
    evidence: fc.array(fc.record({ name: shortText, digest: digest as fc.Arbitrary<Digest> }), { maxLength: 2 }),
  })
  .map((given) => newNepDocument(given));

test("a document comes back from the ancestor's JSON as it was", () => {
  const property = fc.property(document, (document) => {
    const from = fromDocument(document);
    expect(from.ok && documentOf(writeProposal(from.proposal))).toEqual({ ok: true, document, leftOut: [] });
  });
  fc.assert(property, { seed: SEED, numRuns: 200 });
});

test("every JSON value comes back from a change as it was", () => {
  const property = fc.property(fc.json({ maxDepth: 3 }), (json) => {
    const value = typed(json);
    expect(jsonOfChangeValue(changeValueOf(value))).toEqual(value);
  });
  fc.assert(property, { seed: SEED, numRuns: 300 });
});

test("members without a place in a document are named", () => {
  const json = '{"a": 1, "economic_impact": {"b": 2}, "upgrade_path": {"c": 3}, "description": "short"}';
  const result = documentOf(json);
  expect(result).toMatchObject({ ok: true, leftOut: ["a", "economic_impact.b", "upgrade_path.c"] });
  expect(result.ok && result.document.description).toBe("short");
});

test.each([
  ['{"economic_impact": {"min_memory_change_mb": 0.5}}', "economic_impact.min_memory_change_mb"],
  ['{"economic_impact": {"upgrade_cost_neuro": 1e-19}}', "economic_impact.upgrade_cost_neuro"],
  ['{"approval_threshold": 1e300}', "approval_threshold"],
  ['{"upgrade_path": {"grace_period_days": -1}}', "upgrade_path.grace_period_days"],
  [`{"title": "${"x".repeat(161)}"}`, "title"],
  ['{"title": "\\ud800"}', "title"],
  ['{"requires": ["abc"]}', "requires[0]"],
])("%.60s does not fit a document", (json, path) => {
  expect(documentOf(json)).toMatchObject({ ok: false, code: "DOES_NOT_FIT", path });
});

test("a document with two changes of one file, or with a value that is no JSON, has no form in the ancestor", () => {
  const file = { path: "a", change: "" };
  expect(fromDocument(newNepDocument({ codeChanges: [file, file] }))).toMatchObject({ code: "DUPLICATE_FILE" });
  const values = { oldValue: { kind: "json", source: "{" }, newValue: { kind: "none" } } as const;
  const parameterChanges = [{ module: "m", parameter: "p", rationale: "", ...values }];
  expect(fromDocument(newNepDocument({ parameterChanges }))).toMatchObject({ code: "VALUE_IS_NO_JSON" });
});
