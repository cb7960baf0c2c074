/** Whether the parameter changes of a proposal can come into force. */
import { type ChangeValue, formatDecimal, type NepDocument, ONE } from "@neuroshard/protocol";
import { changeValueYaml } from "./changeValueYaml.ts";
import { didYouMean } from "./didYouMean.ts";
import type { Findings } from "./problem.ts";
import type { KnownParameters } from "./registryParameters.ts";

type Change = NepDocument["parameterChanges"][number];

/** Without `known`, whether a parameter exists is not checked. */
export function lintChanges(document: NepDocument, findings: Findings, known?: KnownParameters): void {
  const { parameterChanges, codeChanges, nepType } = document;
  if (parameterChanges.length === 0 && codeChanges.length === 0) {
    const remedy = 'list what changes under "parameters" or "code"';
    findings.error(findings.placeOf("parameters"), "NO_CHANGE", `the proposal changes nothing; ${remedy}`);
  }
  const seen = new Set<string>();
  for (const [index, change] of parameterChanges.entries()) {
    const path = `parameters[${index}]`;
    lintTexts(change, path, findings);
    if (change.module === "" || change.parameter === "") continue;
    const key = `${change.module}.${change.parameter}`;
    if (seen.has(key)) {
      findings.error(findings.placeOf(path), "DUPLICATE_KEY", `${shown(key)} is changed twice; keep one of the two`);
    }
    seen.add(key);
    lintSameValue(change, path, findings);
    if (known !== undefined) lintAgainst(known, { change, key, path, nepType }, findings);
  }
}

function lintTexts(change: Change, path: string, findings: Findings): void {
  for (const name of ["module", "parameter", "rationale"] as const) {
    const place = `${path}.${name}`;
    if (change[name].trim() !== "" || !findings.isMarked(place)) continue;
    const remedy =
      name === "rationale" ? "say why it should change" : `name the ${name}, as "neuroshard params" shows it`;
    findings.error(findings.placeOf(place), "EMPTY", `"${place}" is empty; ${remedy}`);
  }
}

function lintSameValue({ oldValue, newValue }: Change, path: string, findings: Findings): void {
  if (oldValue.kind === "none" || !isSame(oldValue, newValue)) return;
  const place = findings.placeOf(`${path}.new`);
  findings.error(
    place,
    "SAME_VALUE",
    `the new value is the old one (${valueText(newValue)}); change it, or leave the entry out`,
  );
}

/** One number is one value, whether it is written as 1 or as 1.0. */
function isSame(a: ChangeValue, b: ChangeValue): boolean {
  return valueText(a) === valueText(b);
}

function valueText(value: ChangeValue): string {
  const decimal = value.kind === "integer" ? value.value * ONE : value.kind === "decimal" ? value.value : undefined;
  return decimal === undefined ? changeValueYaml(value, "").trim() : formatDecimal(decimal);
}

interface Checked {
  readonly change: Change;
  readonly key: string;
  readonly path: string;
  readonly nepType: NepDocument["nepType"];
}

function lintAgainst(known: KnownParameters, { change, key, path, nepType }: Checked, findings: Findings): void {
  const parameter = known.find(change.module, change.parameter);
  if (parameter === undefined) {
    const hint = didYouMean(key, known.keys) || 'see "neuroshard params" for all';
    findings.error(findings.placeOf(`${path}.parameter`), "UNKNOWN_PARAMETER", `there is no ${shown(key)}; ${hint}`);
    return;
  }
  if (!parameter.types.includes(nepType)) {
    const remedy =
      parameter.types.length === 0 ? "it is fixed for good" : `make it one of type ${parameter.types.join(" or ")}`;
    const place = findings.placeOf(path);
    findings.error(
      place,
      "WRONG_PROPOSAL_TYPE",
      `a proposal of type ${nepType} cannot change ${shown(key)}; ${remedy}`,
    );
  }
  for (const name of ["old", "new"] as const) {
    const value = name === "old" ? change.oldValue : change.newValue;
    const reason = isReported(findings, `${path}.${name}`, value) ? undefined : parameter.check(value);
    if (reason !== undefined)
      findings.error(findings.placeOf(`${path}.${name}`), "BAD_VALUE", `"${path}.${name}" ${reason}`);
  }
}

/** A value that could not be read is `none`, and its fault was told where it was read. */
function isReported(findings: Findings, path: string, value: ChangeValue): boolean {
  return value.kind === "none" && findings.hasErrorAt(findings.placeOf(path));
}

function shown(key: string): string {
  return key.slice(0, 130);
}
