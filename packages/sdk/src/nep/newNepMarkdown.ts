/** A NEP file to fill in. Its blanks are exactly what `lintNepMarkdown` reports of it. */
import { DEFAULT_UPGRADE_PATH, IMPACT_FIELDS, type NepType, UPGRADE_KEYS } from "@neuroshard/protocol";
import { decimalYaml } from "./changeValueYaml.ts";
import { SECTION_NAMES, SECTIONS } from "./sections.ts";
import { yamlText } from "./yamlText.ts";

export interface NewNep {
  readonly title: string;
  readonly type: NepType;
  /** A name or an address. */
  readonly author?: string;
  /** `2025-01-31` */
  readonly created?: string;
}

export function newNepMarkdown({ title, type, author = "", created = "" }: NewNep): string {
  const impact = IMPACT_FIELDS.map(({ key, decimals, neutral }) => {
    return `  ${key}: ${decimals === 0 ? neutral : decimalYaml(neutral)}`;
  });
  const path = DEFAULT_UPGRADE_PATH;
  const lines = [
    "nep: draft",
    `title: ${yamlText(title, "")}`,
    "description:",
    ...(author === "" ? [] : [`author: ${yamlText(author, "")}`]),
    `type: ${type}`,
    "status: draft",
    ...(created === "" ? [] : [`created: "${created}"`]),
    '# One entry for every parameter. Names and values: "neuroshard params". A change of code only: remove it, add "code".',
    "parameters:",
    "  - module:",
    "    parameter:",
    "    old:",
    "    new:",
    "    rationale:",
    "# 1.0 and 0 mean that nothing changes. What you declare is compared with what is measured.",
    "impact:",
    ...impact,
    "upgrade:",
    `  ${UPGRADE_KEYS.minVersion}: "${path.minVersion}"`,
    `  ${UPGRADE_KEYS.targetVersion}: "${path.targetVersion}"`,
    `  ${UPGRADE_KEYS.gracePeriodDays}: ${path.gracePeriodDays}`,
    `  ${UPGRADE_KEYS.activationDelayBlocks}: ${path.activationDelayBlocks}`,
    `  ${UPGRADE_KEYS.backwardCompatible}: ${path.backwardCompatible}`,
    `  ${UPGRADE_KEYS.requiresCheckpointReload}: ${path.requiresCheckpointReload}`,
  ];
  const body = SECTION_NAMES.map((name) => `## ${SECTIONS[name]}\n`);
  return `---\n${lines.join("\n")}\n---\n\n${body.join("\n")}`;
}
