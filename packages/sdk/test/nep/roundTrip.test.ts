/** Documents, their Markdown and their JSON are three forms of one thing. */
import { type ChangeValue, type Digest, type NepDocument, nepDocument, newNepDocument } from "@neuroshard/protocol";
import { formatNepMarkdown, type NepMetadata, parseNepMarkdown } from "@neuroshard/sdk";
import fc from "fast-check";
import { expect, test } from "vitest";

const SEED = Number(process.env.FUZZ_SEED ?? 11);

/** What breaks careless writers: YAML and Markdown syntax, blanks at both ends, characters that do not show. */
const AWKWARD = [
  ..."\n \t:#-?*&!|>'\"%@`{}[],~\\<=",
  ...[
    "---",
    "...",
    "\n\n",
    "\n---\n",
    "## Abstract",
    "\n## Motivation\n",
    "## Rationale",
    "```",
    "\n```\n",
    "~~~",
    "- a",
    "a: b",
  ],
  ...[
    "null",
    "true",
    "1.0",
    "0x1",
    "é",
    "\u{1f600}",
    "\r",
    "\r\n",
    "\u0000",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\u202e",
    "a",
    "b ",
  ],
];
const awkward = fc.array(fc.constantFrom(...AWKWARD), { maxLength: 12 }).map((parts) => parts.join(""));
const text = fc.oneof(awkward, fc.string({ unit: "binary", maxLength: 30 }), fc.constant(""));
const shortText = text.map((value) => value.slice(0, 12).toWellFormed());
const signed = fc.bigInt({ min: -(1n << 110n), max: 1n << 110n });
const count = fc.nat({ max: 0xffff_ffff });
const digest = fc.string({
  unit: fc.constantFrom(..."0123456789abcdef"),
  minLength: 64,
  maxLength: 64,
}) as fc.Arbitrary<Digest>;
const points = fc.array(fc.record({ from: signed, value: signed }), { maxLength: 4 });
const changeValue: fc.Arbitrary<ChangeValue> = fc.oneof(
  fc.constant<ChangeValue>({ kind: "none" }),
  fc.boolean().map((value): ChangeValue => ({ kind: "flag", value })),
  signed.map((value): ChangeValue => ({ kind: "integer", value })),
  signed.map((value): ChangeValue => ({ kind: "decimal", value })),
  text.map((value): ChangeValue => ({ kind: "word", value })),
  points.map((points): ChangeValue => ({ kind: "schedule", points })),
  text.map((source): ChangeValue => ({ kind: "json", source })),
);
const impact = Object.fromEntries(Object.keys(newNepDocument().economicImpact).map((name) => [name, signed]));
const document: fc.Arbitrary<NepDocument> = fc.record({
  ...{ title: shortText, description: text, abstract: text, motivation: text, specification: text },
  ...{ securityConsiderations: text, backwardCompatibility: text, testCases: text },
  nepType: fc.constantFrom("arch", "econ", "train", "net", "gov", "emergency"),
  parameterChanges: fc.array(
    fc.record({
      module: shortText,
      parameter: shortText,
      oldValue: changeValue,
      newValue: changeValue,
      rationale: text,
    }),
    { maxLength: 3 },
  ),
  codeChanges: fc.array(fc.record({ path: text, change: text }), { maxLength: 3 }),
  economicImpact: fc.record(impact) as unknown as fc.Arbitrary<NepDocument["economicImpact"]>,
  upgradePath: fc.record({
    ...{ minVersion: shortText, targetVersion: shortText, gracePeriodDays: count, activationDelayBlocks: count },
    ...{ backwardCompatible: fc.boolean(), requiresCheckpointReload: fc.boolean() },
    migrationSteps: fc.array(text, { maxLength: 3 }),
  }),
  ...{ approvalThreshold: signed, quorumThreshold: signed },
  requires: fc.array(digest, { maxLength: 2 }),
  supersedes: fc.array(digest, { maxLength: 2 }),
  ratifies: fc.option(digest),
  evidence: fc.array(fc.record({ name: text, digest }), { maxLength: 2 }),
});
const metadata: fc.Arbitrary<NepMetadata> = fc.record({ nep: text, author: text, status: text, created: text });

test("every document comes back from its Markdown as it was, and so do its metadata", () => {
  const property = fc.property(document, metadata, (document, metadata) => {
    expect(parseNepMarkdown(formatNepMarkdown(document, metadata))).toEqual({ ok: true, document, metadata });
  });
  fc.assert(property, { seed: SEED, numRuns: 600 });
});

test("the same file with the line ends of Windows is the same document", () => {
  const property = fc.property(document, (document) => {
    const file = formatNepMarkdown(document);
    expect(parseNepMarkdown(`\ufeff${file.replaceAll("\n", "\r\n")}`)).toEqual(parseNepMarkdown(file));
  });
  fc.assert(property, { seed: SEED, numRuns: 100 });
});

test("JSON and Markdown of a document agree", () => {
  const property = fc.property(document, (document) => {
    const parsed = parseNepMarkdown(formatNepMarkdown(nepDocument.fromJson(nepDocument.toJson(document))));
    expect(parsed.ok && nepDocument.toJson(parsed.document)).toEqual(nepDocument.toJson(document));
  });
  fc.assert(property, { seed: SEED, numRuns: 100 });
});
