/** Reads a NEP file into a document as far as it goes, and notes every fault with its place. */
import {
  DEFAULT_APPROVAL_THRESHOLD,
  DEFAULT_QUORUM_THRESHOLD,
  DEFAULT_UPGRADE_PATH,
  type Digest,
  type EconomicImpact,
  IMPACT_FIELDS,
  NEP_TYPES,
  NEUTRAL_IMPACT,
  type NepDocument,
  UPGRADE_KEYS,
  type UpgradePath,
} from "@neuroshard/protocol";
import { readChangeValue } from "./changeValueYaml.ts";
import { mostBytes, mostItems } from "./documentLimits.ts";
import { FieldReader } from "./fieldReader.ts";
import { splitFile } from "./frontMatter.ts";
import type { Findings } from "./problem.ts";
import { SECTION_NAMES, SECTIONS, type Section, type SectionName, splitSections } from "./sections.ts";
import { parseYamlTree, type YamlMap } from "./yamlTree.ts";

/** What a file says about itself and the chain does not take from it. Empty where the file says nothing. */
export interface NepMetadata {
  /** `draft`, or the label that the chain gave: `NEP-007`. */
  readonly nep: string;
  /** A name or an address. Who proposes is whoever signs. */
  readonly author: string;
  readonly status: string;
  /** The day on which the text was begun: `2025-01-31`. */
  readonly created: string;
}

export interface NepReading {
  readonly document: NepDocument;
  readonly metadata: NepMetadata;
  /** Those in the body, in their order there. */
  readonly sections: readonly Section[];
}

const MOST_METADATA_BYTES = 160;

/** Undefined when nothing can be said of the content; the findings say why. */
export function readNep(file: string, findings: Findings): NepReading | undefined {
  const parts = splitFile(file, findings);
  if (parts === undefined) return undefined;
  const tree = parseYamlTree(parts.yaml, parts.yamlLine, findings);
  const sections = splitSections(parts.body, parts.bodyLine, findings);
  return tree && { sections, ...readFields(tree, sections, findings) };
}

function readFields(tree: YamlMap, sections: readonly Section[], findings: Findings): Omit<NepReading, "sections"> {
  const fields = new FieldReader(tree, "", findings);
  const metadata = readMetadata(fields);
  const texts = readTexts(fields, sections, findings);
  const thresholds = fields.inner("thresholds", (inner) => ({
    approvalThreshold: inner.decimal("approval") ?? DEFAULT_APPROVAL_THRESHOLD,
    quorumThreshold: inner.decimal("quorum") ?? DEFAULT_QUORUM_THRESHOLD,
  }));
  const document: NepDocument = {
    title: fields.text("title", { mostBytes: mostBytes("title") }),
    description: fields.text("description", { mostBytes: mostBytes("description") }),
    nepType: fields.word("type", NEP_TYPES) ?? "arch",
    ...texts,
    parameterChanges: fields.list("parameters", mostItems("parameterChanges"), (change) => ({
      module: change.text("module", { mostBytes: mostBytes("parameterChanges", "module") }),
      parameter: change.text("parameter", { mostBytes: mostBytes("parameterChanges", "parameter") }),
      oldValue: readChangeValue(change, "old"),
      newValue: readChangeValue(change, "new"),
      rationale: change.text("rationale", { mostBytes: mostBytes("parameterChanges", "rationale") }),
    })),
    codeChanges: fields.list("code", mostItems("codeChanges"), (file) => ({
      path: file.text("path", { mostBytes: mostBytes("codeChanges", "path") }),
      change: file.text("change", { mostBytes: mostBytes("codeChanges", "change") }),
    })),
    economicImpact: fields.inner("impact", readImpact) ?? NEUTRAL_IMPACT,
    upgradePath: fields.inner("upgrade", readUpgrade) ?? DEFAULT_UPGRADE_PATH,
    approvalThreshold: thresholds?.approvalThreshold ?? DEFAULT_APPROVAL_THRESHOLD,
    quorumThreshold: thresholds?.quorumThreshold ?? DEFAULT_QUORUM_THRESHOLD,
    requires: readDigests(fields, "requires", findings),
    supersedes: readDigests(fields, "supersedes", findings),
    ratifies: fields.take("ratifies") === undefined ? null : readDigest(fields, "ratifies"),
    evidence: fields.list("evidence", mostItems("evidence"), (report) => ({
      name: report.text("name", { mostBytes: mostBytes("evidence", "name") }),
      digest: readDigest(report, "digest"),
    })),
  };
  fields.finish();
  return { document, metadata };
}

function readMetadata(fields: FieldReader): NepMetadata {
  const rule = { mostBytes: MOST_METADATA_BYTES, byDefault: "" };
  return {
    nep: fields.text("nep", rule),
    author: fields.text("author", rule),
    status: fields.text("status", rule),
    created: fields.text("created", rule),
  };
}

/** From the body, or from the field `sections`, which holds what no body can: texts with headings of their own. */
function readTexts(fields: FieldReader, sections: readonly Section[], findings: Findings): Record<SectionName, string> {
  const keys = Object.fromEntries(SECTION_NAMES.map((name) => [name, sectionKey(name)]));
  const quoted =
    fields.inner("sections", (inner) => {
      const texts = SECTION_NAMES.map((name) => [
        name,
        inner.text(keys[name]!, { mostBytes: mostBytes(name), byDefault: "" }),
      ]);
      return Object.fromEntries(texts) as Record<SectionName, string>;
    }) ?? {};
  const texts: Partial<Record<SectionName, string>> = { ...quoted };
  for (const { name, headingLine, text } of sections) {
    const place = { line: headingLine, column: 1 };
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > mostBytes(name)) {
      findings.error(place, "TOO_LONG", `"${SECTIONS[name]}" has ${bytes} bytes; shorten it to ${mostBytes(name)}`);
    }
    if (findings.isMarked(`sections.${keys[name]}`)) {
      findings.error(place, "DUPLICATE_SECTION", `"${SECTIONS[name]}" is in the field "sections", too; keep one`);
    } else findings.mark(`sections.${keys[name]}`, place);
    texts[name] = text;
  }
  return Object.fromEntries(SECTION_NAMES.map((name) => [name, texts[name] ?? ""])) as Record<SectionName, string>;
}

/** `Test Cases` -> `test_cases` */
export function sectionKey(name: SectionName): string {
  return SECTIONS[name].toLowerCase().replace(" ", "_");
}

function readImpact(inner: FieldReader): EconomicImpact {
  const entries = IMPACT_FIELDS.map(({ name, key, decimals, neutral }) => {
    return [name, (decimals === 0 ? inner.whole(key) : inner.decimal(key)) ?? neutral];
  });
  return Object.fromEntries(entries) as EconomicImpact;
}

function readUpgrade(inner: FieldReader): UpgradePath {
  const given = DEFAULT_UPGRADE_PATH;
  const version = (key: string, byDefault: string) =>
    inner.text(key, { mostBytes: mostBytes("upgradePath", "minVersion"), byDefault });
  return {
    minVersion: version(UPGRADE_KEYS.minVersion, given.minVersion),
    targetVersion: version(UPGRADE_KEYS.targetVersion, given.targetVersion),
    gracePeriodDays: inner.count(UPGRADE_KEYS.gracePeriodDays) ?? given.gracePeriodDays,
    activationDelayBlocks: inner.count(UPGRADE_KEYS.activationDelayBlocks) ?? given.activationDelayBlocks,
    backwardCompatible: inner.flag(UPGRADE_KEYS.backwardCompatible) ?? given.backwardCompatible,
    requiresCheckpointReload: inner.flag(UPGRADE_KEYS.requiresCheckpointReload) ?? given.requiresCheckpointReload,
    migrationSteps: inner.texts(
      UPGRADE_KEYS.migrationSteps,
      mostItems("upgradePath", "migrationSteps"),
      mostBytes("upgradePath", "migrationSteps"),
    ),
  };
}

const DIGEST_RULE = { mostBytes: 64 };
const BAD_DIGEST = "is no digest; write the 64 hexadecimal digits that the chain or the report shows, in lower case";

function readDigest(fields: FieldReader, key: string): Digest {
  const text = fields.text(key, DIGEST_RULE);
  return (isDigest(text) ? text : fields.wrong(key, "BAD_DIGEST", BAD_DIGEST, "")) as Digest;
}

function readDigests(fields: FieldReader, key: "requires" | "supersedes", findings: Findings): readonly Digest[] {
  const texts = fields.texts(key, mostItems(key), DIGEST_RULE.mostBytes);
  for (const [index, text] of texts.entries()) {
    const path = `${key}[${index}]`;
    if (!isDigest(text)) findings.error(findings.placeOf(path), "BAD_DIGEST", `"${path}" ${BAD_DIGEST}`);
  }
  return texts as readonly Digest[];
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
