/** Everything that is wrong with a NEP file, each fault at its own line: form first, then whether the proposal makes sense. */
import {
  DEFAULT_APPROVAL_THRESHOLD,
  DEFAULT_QUORUM_THRESHOLD,
  formatDecimal,
  NEP_STATUSES,
  type NepDocument,
  ONE,
  parseAddress,
  UPGRADE_KEYS,
} from "@neuroshard/protocol";
import { lintChanges } from "./lintChanges.ts";
import { lintMarkup } from "./lintMarkup.ts";
import { Findings, type NepProblem } from "./problem.ts";
import { type NepMetadata, readNep, sectionKey } from "./readNep.ts";
import type { KnownParameters } from "./registryParameters.ts";
import { SECTION_NAMES, SECTIONS, type SectionName } from "./sections.ts";
import { findUnprintable } from "./yamlText.ts";

export interface LintOptions {
  /** Without it, whether parameters exist and values fit them is not checked. */
  readonly parameters?: KnownParameters;
}

/** Never throws, whatever the text is. In the order of the file. */
export function lintNepMarkdown(text: string, { parameters }: LintOptions = {}): readonly NepProblem[] {
  const findings = new Findings();
  const reading = readNep(text, findings);
  if (reading === undefined) return findings.inOrder();
  const { document, metadata, sections } = reading;
  lintMetadata(metadata, findings);
  lintTexts(document, text.trimEnd().split("\n").length, findings);
  lintChanges(document, findings, parameters);
  lintUpgrade(document, findings);
  lintThresholds(document, findings);
  if (!findings.isMarked("impact")) {
    const remedy = 'declare what it does to earnings and costs, or write "impact: {}" for nothing';
    findings.error(findings.placeOf("impact"), "MISSING_KEY", `"impact" is missing; ${remedy}`);
  }
  for (const section of sections) lintMarkup(section, findings);
  return findings.inOrder();
}

function lintMetadata({ nep, author, status, created }: NepMetadata, findings: Findings): void {
  const bad = (key: string, message: string) =>
    findings.error(findings.placeOf(key), "BAD_METADATA", `"${key}" ${message}`);
  if (nep !== "" && !/^(draft|NEP-\d{3,9})$/.test(nep))
    bad("nep", 'is no label; write "draft", the chain gives the number');
  if (status !== "" && !NEP_STATUSES.some((known) => known === status)) {
    bad("status", `is unknown; use one of ${NEP_STATUSES.join(", ")}`);
  }
  if (created !== "" && !isDay(created)) bad("created", "is no day; write it like 2025-01-31");
  const address = author.startsWith("neuro1") ? parseAddress(author) : undefined;
  if (address?.ok === false) bad("author", `${address.reason}; copy it from "neuroshard wallet show"`);
}

function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

const SECTION_REMEDIES: Readonly<Record<SectionName, string>> = {
  abstract: "say in one or two sentences what changes",
  motivation: "say what is wrong today and for whom",
  specification: "say exactly what changes, so that somebody else can build it",
  backwardCompatibility: "say what happens to nodes and data that do not upgrade, even if it is nothing",
  testCases: "say how anybody can check that it works",
  securityConsiderations: "say who could abuse it and what it would cost, even if it is nobody",
};

/** `lastLine`: of the file, where a missing section would be added. */
function lintTexts(document: NepDocument, lastLine: number, findings: Findings): void {
  for (const [name, remedy] of [
    ["title", "say in a few words what changes"],
    ["description", "say in one sentence what changes and why"],
  ] as const) {
    if (document[name].trim() === "" && findings.isMarked(name)) {
      findings.error(findings.placeOf(name), "EMPTY", `"${name}" is empty; ${remedy}`);
    }
    if (document[name].includes("\n")) {
      findings.error(findings.placeOf(name), "WRONG_TYPE", `"${name}" has several lines; put it on one`);
    }
    lintCharacters(document[name], name, findings);
  }
  for (const name of SECTION_NAMES) {
    const path = `sections.${sectionKey(name)}`;
    lintCharacters(document[name], path, findings);
    if (document[name].trim() !== "") continue;
    const isThere = findings.isMarked(path);
    const place = isThere ? findings.placeOf(path) : { line: lastLine, column: 1 };
    const cause = `"## ${SECTIONS[name]}" is ${isThere ? "empty" : "missing"}`;
    findings.error(place, isThere ? "EMPTY" : "MISSING_KEY", `${cause}; ${SECTION_REMEDIES[name]}`);
  }
}

/** They can come in as escapes, or from a document that was made elsewhere. */
function lintCharacters(text: string, path: string, findings: Findings): void {
  if (findUnprintable(text) === -1) return;
  findings.error(findings.placeOf(path), "CONTROL_CHARACTER", `"${path}" has characters that do not show; remove them`);
}

function lintUpgrade({ upgradePath }: NepDocument, findings: Findings): void {
  const versions = (["minVersion", "targetVersion"] as const).map((name) => {
    const parts = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(upgradePath[name])?.slice(1).map(Number);
    const path = `upgrade.${UPGRADE_KEYS[name]}`;
    if (parts === undefined) {
      findings.error(findings.placeOf(path), "BAD_VERSION", `"${path}" is no version; write three numbers, like 1.2.0`);
    }
    return parts;
  });
  const [least, target] = versions;
  const steps = least?.map((part, index) => (target?.[index] ?? part) - part);
  if (least === undefined || target === undefined || (steps?.find((step) => step !== 0) ?? 0) >= 0) return;
  const path = `upgrade.${UPGRADE_KEYS.targetVersion}`;
  findings.error(findings.placeOf(path), "BAD_VERSION", `"${path}" is below "min_version"; upgrades only go up`);
}

function lintThresholds(document: NepDocument, findings: Findings): void {
  for (const [key, value, least] of [
    ["approval", document.approvalThreshold, DEFAULT_APPROVAL_THRESHOLD],
    ["quorum", document.quorumThreshold, DEFAULT_QUORUM_THRESHOLD],
  ] as const) {
    if (value >= least && value <= ONE) continue;
    const path = `thresholds.${key}`;
    const remedy = `a proposal can only ask for more: write ${formatDecimal(least)} to 1.0`;
    findings.error(findings.placeOf(path), "THRESHOLD", `"${path}" is ${formatDecimal(value)}; ${remedy}`);
  }
}
