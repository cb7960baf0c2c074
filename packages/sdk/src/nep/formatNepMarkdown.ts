/** A document as a NEP file that `parseNepMarkdown` reads as the same document. */
import {
  type EconomicImpact,
  IMPACT_FIELDS,
  type NepDocument,
  type ParameterChange,
  UPGRADE_KEYS,
  type UpgradePath,
} from "@neuroshard/protocol";
import { changeValueYaml, decimalYaml } from "./changeValueYaml.ts";
import { Findings } from "./problem.ts";
import { type NepMetadata, sectionKey } from "./readNep.ts";
import { SECTION_NAMES, SECTIONS, type SectionName, splitSections } from "./sections.ts";
import { findUnprintable, quotedYaml, yamlText } from "./yamlText.ts";

const NO_METADATA: NepMetadata = { nep: "", author: "", status: "", created: "" };

export function formatNepMarkdown(document: NepDocument, metadata: NepMetadata = NO_METADATA): string {
  const isInBody = (name: SectionName) => isBodyText(document[name]);
  const quoted = SECTION_NAMES.filter((name) => !isInBody(name));
  const lines = [
    ...identity(document, metadata),
    ...digests("requires", document.requires),
    ...digests("supersedes", document.supersedes),
    ...(document.ratifies === null ? [] : [`ratifies: ${quotedYaml(document.ratifies)}`]),
    ...block("parameters", document.parameterChanges.flatMap(parameterLines)),
    "impact:",
    ...impactLines(document.economicImpact),
    "upgrade:",
    ...upgradeLines(document.upgradePath),
    "thresholds:",
    `  approval: ${decimalYaml(document.approvalThreshold)}`,
    `  quorum: ${decimalYaml(document.quorumThreshold)}`,
    ...block(
      "evidence",
      document.evidence.flatMap(({ name, digest }) => item([field("name", name), field("digest", digest)])),
    ),
    ...block(
      "code",
      document.codeChanges.flatMap(({ path, change }) => item([field("path", path), field("change", change)])),
    ),
    ...block(
      "sections",
      quoted.map((name) => `  ${sectionKey(name)}: ${yamlText(document[name], "  ")}`),
    ),
  ];
  const body = SECTION_NAMES.filter(isInBody).map((name) => {
    return document[name] === "" ? `## ${SECTIONS[name]}\n` : `## ${SECTIONS[name]}\n\n${document[name]}\n`;
  });
  return `---\n${lines.join("\n")}\n---\n\n${body.join("\n")}`;
}

function identity(document: NepDocument, metadata: NepMetadata): readonly string[] {
  const fields = {
    nep: metadata.nep,
    title: document.title,
    description: document.description,
    author: metadata.author,
    type: document.nepType,
    status: metadata.status,
    created: metadata.created,
  };
  const isShown = ([key, text]: readonly [string, string]) => text !== "" || key === "title" || key === "description";
  return Object.entries(fields)
    .filter(isShown)
    .map(([key, text]) => `${key}: ${yamlText(text, "")}`);
}

function digests(key: string, list: readonly string[]): readonly string[] {
  return block(
    key,
    list.map((digest) => `  - ${quotedYaml(digest)}`),
  );
}

function parameterLines({ module, parameter, oldValue, newValue, rationale }: ParameterChange): readonly string[] {
  return item([
    field("module", module),
    field("parameter", parameter),
    `old:${changeValueYaml(oldValue, "    ")}`,
    `new:${changeValueYaml(newValue, "    ")}`,
    field("rationale", rationale),
  ]);
}

function impactLines(impact: EconomicImpact): readonly string[] {
  return IMPACT_FIELDS.map(({ name, key, decimals }) => {
    return `  ${key}: ${decimals === 0 ? impact[name] : decimalYaml(impact[name])}`;
  });
}

function upgradeLines(path: UpgradePath): readonly string[] {
  const steps = path.migrationSteps.map((step) => `    - ${yamlText(step, "    ")}`);
  return [
    `  ${UPGRADE_KEYS.minVersion}: ${quotedYaml(path.minVersion)}`,
    `  ${UPGRADE_KEYS.targetVersion}: ${quotedYaml(path.targetVersion)}`,
    `  ${UPGRADE_KEYS.gracePeriodDays}: ${path.gracePeriodDays}`,
    `  ${UPGRADE_KEYS.activationDelayBlocks}: ${path.activationDelayBlocks}`,
    `  ${UPGRADE_KEYS.backwardCompatible}: ${path.backwardCompatible}`,
    `  ${UPGRADE_KEYS.requiresCheckpointReload}: ${path.requiresCheckpointReload}`,
    ...(steps.length === 0 ? [] : [`  ${UPGRADE_KEYS.migrationSteps}:`, ...steps]),
  ];
}

/** A field of a list item: its text goes deeper than the field. */
function field(key: string, text: string): string {
  return `${key}: ${yamlText(text, "    ")}`;
}

function item(fields: readonly string[]): readonly string[] {
  return fields.map((line, index) => `${index === 0 ? "  - " : "    "}${line}`);
}

function block(key: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${key}:`, ...lines];
}

/** Whether a text between two headings is read as the same text. If not, it goes into the field `sections`. */
function isBodyText(text: string): boolean {
  if (text === "") return true;
  const findings = new Findings();
  const [first, second] = splitSections(`## Abstract\n\n${text}\n\n## Motivation\n`, 1, findings);
  return findUnprintable(text) === -1 && first?.text === text && second?.name === "motivation" && !findings.hasErrors;
}
