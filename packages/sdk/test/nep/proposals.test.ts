/** The proposals that come with the project, and the two of the ancestor against what it declared. */
import { readdirSync, readFileSync } from "node:fs";
import {
  createAncestorProposal,
  describeImpact,
  describeImpactLegacy,
  fromDocument,
  isNeutral,
  isNeutralLegacy,
  isVotingActive,
  jsonFloat,
  jsonInteger,
  NEP_TYPES,
  type NepDocument,
  PRESETS,
  parseDecimal,
  readProposal,
  summarize,
  toDocument,
  writeProposal,
} from "@neuroshard/protocol";
import {
  formatNepMarkdown,
  lintNepMarkdown,
  newNepMarkdown,
  parseNepMarkdown,
  registryParameters,
} from "@neuroshard/sdk";
import { expect, test } from "vitest";

const FOLDER = new URL("../../../../docs/neps/", import.meta.url);
const parameters = registryParameters(PRESETS.main);

function textOf(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

function documentOf(name: string): NepDocument {
  const parsed = parseNepMarkdown(textOf(name));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.document;
}

const files = readdirSync(FOLDER).filter((name) => name.startsWith("nep-"));

test("the proposals are there", () => {
  expect(files.sort()).toEqual(["nep-lower-training-reward.md", "nep-mla.md", "nep-mtp.md"]);
});

test.each(files)("%s has no problem", (name) => {
  expect(lintNepMarkdown(textOf(name), { parameters })).toEqual([]);
});

test.each(files)("%s comes back from its formatted text and from the ancestor's JSON as it was", (name) => {
  const document = documentOf(name);
  expect(parseNepMarkdown(formatNepMarkdown(document))).toMatchObject({ ok: true, document });
  const from = fromDocument(document, { status: "review", createdAt: jsonFloat("1.5") });
  const read = readProposal(from.ok ? writeProposal(from.proposal) : "");
  expect(read.ok && toDocument(read.proposal)).toEqual({ ok: true, document, leftOut: [] });
});

test("weakness: Multi-Token Prediction says in its fields what the ancestor said in prose only", () => {
  const { upgradePath, parameterChanges, economicImpact } = documentOf("nep-mtp.md");
  expect(upgradePath).toMatchObject({ gracePeriodDays: 30, backwardCompatible: true, targetVersion: "1.1.0" });
  const points = [
    { from: 0n, value: parseDecimal("0.3") },
    { from: parseDecimal("0.7"), value: parseDecimal("0.1") },
  ];
  expect(parameterChanges.map(({ newValue }) => newValue)).toEqual([
    { kind: "flag", value: true },
    { kind: "integer", value: 1n },
    { kind: "schedule", points },
  ]);
  expect(describeImpactLegacy(economicImpact)).toBe("Training efficiency: +100.0%; Memory requirement: +200 MB");
  expect(describeImpact(economicImpact)).toBe("Training efficiency: +100%; Memory requirement: +200 MB");
  expect([isNeutralLegacy(economicImpact), isNeutral(economicImpact)]).toEqual([true, false]);
});

test("weakness: Multi-Head Latent Attention builds, with the checkpoint reload in its upgrade path", () => {
  const { upgradePath, parameterChanges, economicImpact } = documentOf("nep-mla.md");
  expect(upgradePath).toMatchObject({ gracePeriodDays: 14, backwardCompatible: false, targetVersion: "2.0.0" });
  expect(upgradePath.requiresCheckpointReload).toBe(true);
  expect(parameterChanges.map(({ newValue }) => newValue)).toEqual([
    { kind: "word", value: "mla" },
    { kind: "integer", value: 512n },
  ]);
  expect(describeImpactLegacy(economicImpact)).toBe("Memory requirement: -2000 MB; Net earnings: +5.0%");
});

test("weakness 43: the lower training reward declares the loss that it is", () => {
  const { economicImpact } = documentOf("nep-lower-training-reward.md");
  expect(describeImpact(economicImpact)).toBe("Training rewards: -40%; Net earnings: -40%");
});

test("a proposal of the ancestor becomes a file, and its author, times and status stay with the ancestor's object", () => {
  const texts = { title: "T", abstract: "A", motivation: "M", specification: "## Step 1\n\nS" };
  const now = jsonInteger(1_733_500_000);
  const proposal = createAncestorProposal({ ...texts, nepType: "train", authorNodeId: "n", status: "voting" }, now);
  expect(summarize(proposal)).toMatch(/^\[NEP-DRAFT-[0-9a-f]{8}] T \(voting\)$/);
  expect(isVotingActive({ ...proposal, votingStart: now, votingEnd: now }, now)).toBe(true);
  const converted = toDocument(proposal);
  if (!converted.ok) throw new Error(converted.reason);
  const file = formatNepMarkdown(converted.document);
  expect(parseNepMarkdown(file)).toMatchObject({ ok: true, document: converted.document });
  const problems = lintNepMarkdown(file, { parameters }).map(({ code }) => code);
  expect(problems).toContain("NO_CHANGE");
});

test.each(NEP_TYPES)("a new proposal of type %s has a title and a type that its problems are not about", (type) => {
  const problems = lintNepMarkdown(newNepMarkdown({ title: 'On "rates": 1', type }), { parameters });
  expect(problems.filter(({ message }) => /title|type/.test(message))).toEqual([]);
});
