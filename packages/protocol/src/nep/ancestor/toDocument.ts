/**
 * What binds in a proposal of the ancestor, as a document of this chain. Id, status, author, times, hash and signature
 * stay behind: here the chain says them.
 */
import { parseJson } from "../../codec/codec.ts";
import { DECIMALS } from "../../numbers/decimal.ts";
import type { Digest } from "../../types/identifiers.ts";
import { type EconomicImpact, type NepDocument, nepDocument } from "../document.ts";
import { IMPACT_FIELDS, UPGRADE_KEYS } from "../fields.ts";
import { changeValueOf, fieldNumber } from "./changeValueJson.ts";
import { DOCUMENT_KEYS } from "./documentKeys.ts";
import { type AncestorCode, AncestorFault, MemberReader, wrongType } from "./memberReader.ts";
import type { AncestorImpact, AncestorProposal } from "./proposal.ts";
import type { JsonMember, JsonNumber, TypedJson } from "./typedJson.ts";

export type ToDocument =
  | {
      readonly ok: true;
      readonly document: NepDocument;
      /** Members that neither the ancestor nor a document knows: they are not in the document. */
      readonly leftOut: readonly string[];
    }
  | {
      readonly ok: false;
      readonly code: AncestorCode | "DOES_NOT_FIT";
      readonly path: string;
      readonly reason: string;
    };

const MOST_U32 = 0xffff_ffffn;

export function toDocument(proposal: AncestorProposal): ToDocument {
  try {
    const extra = new MemberReader({ kind: "object", members: proposal.unknown }, "");
    const document = documentOf(proposal, extra);
    const checked = parseJson(nepDocument, nepDocument.toJson(document));
    if (!checked.ok) return { ok: false, code: "DOES_NOT_FIT", path: checked.path, reason: checked.reason };
    return { ok: true, document, leftOut: leftOut(proposal, extra.rest()) };
  } catch (error) {
    if (error instanceof AncestorFault) return { ok: false, code: error.code, path: error.path, reason: error.message };
    if (error instanceof DoesNotFit)
      return { ok: false, code: "DOES_NOT_FIT", path: error.message, reason: error.reason };
    throw error;
  }
}

class DoesNotFit extends Error {
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(path);
    this.name = "DoesNotFit";
    this.reason = reason;
  }
}

function documentOf(proposal: AncestorProposal, extra: MemberReader): NepDocument {
  const { title, nepType, abstract, motivation, specification, upgradePath } = proposal;
  return {
    title,
    description: extra.text(DOCUMENT_KEYS.description, ""),
    nepType,
    abstract,
    motivation,
    specification,
    securityConsiderations: extra.text(DOCUMENT_KEYS.securityConsiderations, ""),
    backwardCompatibility: extra.text(DOCUMENT_KEYS.backwardCompatibility, ""),
    testCases: extra.text(DOCUMENT_KEYS.testCases, ""),
    parameterChanges: proposal.parameterChanges.map(({ module, parameter, oldValue, newValue, rationale }) => ({
      ...{ module, parameter, rationale },
      ...{ oldValue: changeValueOf(oldValue), newValue: changeValueOf(newValue) },
    })),
    codeChanges: proposal.codeChanges.map(({ path, diff }) => ({ path, change: diff })),
    economicImpact: impactOf(proposal.economicImpact),
    upgradePath: {
      minVersion: upgradePath.minVersion,
      targetVersion: upgradePath.targetVersion,
      gracePeriodDays: countOf(upgradePath.gracePeriodDays, UPGRADE_KEYS.gracePeriodDays),
      activationDelayBlocks: countOf(upgradePath.activationDelayBlocks, UPGRADE_KEYS.activationDelayBlocks),
      backwardCompatible: upgradePath.backwardCompatible,
      requiresCheckpointReload: upgradePath.requiresCheckpointReload,
      migrationSteps: upgradePath.migrationSteps,
    },
    approvalThreshold: numberOf(proposal.approvalThreshold, DECIMALS, "approval_threshold"),
    quorumThreshold: numberOf(proposal.quorumThreshold, DECIMALS, "quorum_threshold"),
    requires: extra.list(DOCUMENT_KEYS.requires, digestOf),
    supersedes: extra.list(DOCUMENT_KEYS.supersedes, digestOf),
    ratifies: ratifiesOf(extra.optional(DOCUMENT_KEYS.ratifies)),
    evidence: extra.list(DOCUMENT_KEYS.evidence, (item, path) => {
      const report = new MemberReader(item, path);
      return { name: report.text("name"), digest: report.text("digest") as Digest };
    }),
  };
}

function impactOf(impact: AncestorImpact): EconomicImpact {
  const entries = IMPACT_FIELDS.map(({ name, key, decimals }) => {
    return [name, numberOf(impact[name], decimals, `economic_impact.${key}`)];
  });
  return Object.fromEntries(entries) as EconomicImpact;
}

function numberOf(number: JsonNumber, decimals: number, path: string): bigint {
  const value = fieldNumber(number, decimals);
  const most = decimals === 0 ? "must be a whole number" : `may have at most ${decimals} decimals`;
  if (value === undefined) throw new DoesNotFit(path, `${most} and must not be too large`);
  return value;
}

function countOf(number: JsonNumber, key: string): number {
  const value = fieldNumber(number, 0);
  if (value === undefined || value < 0n || value > MOST_U32) {
    throw new DoesNotFit(`upgrade_path.${key}`, `must be a whole number from 0 to ${MOST_U32}`);
  }
  return Number(value);
}

/** Whether it is a digest is checked with the whole document. */
function digestOf(json: TypedJson, path: string): Digest {
  if (json.kind !== "string") throw wrongType(path, "text");
  return json.value as Digest;
}

function ratifiesOf(json: TypedJson | undefined): Digest | null {
  return json === undefined || json.kind === "null" ? null : digestOf(json, DOCUMENT_KEYS.ratifies);
}

function leftOut(proposal: AncestorProposal, rest: readonly JsonMember[]): readonly string[] {
  const under = (path: string, members: readonly JsonMember[]) => members.map(({ key }) => `${path}${key}`);
  return [
    ...under("", rest),
    ...under("economic_impact.", proposal.economicImpact.unknown),
    ...under("upgrade_path.", proposal.upgradePath.unknown),
    ...proposal.parameterChanges.flatMap((change, index) => under(`parameter_changes[${index}].`, change.unknown)),
  ];
}
