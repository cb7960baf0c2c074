/** A document of this chain as a proposal of the ancestor. What the ancestor did not know goes into extra members. */
import type { NepDocument, UpgradePath } from "../document.ts";
import { IMPACT_FIELDS } from "../fields.ts";
import { floatOf, jsonOfChangeValue } from "./changeValueJson.ts";
import { DOCUMENT_KEYS } from "./documentKeys.ts";
import { legacyHash } from "./legacyHash.ts";
import { ANCESTOR_DEFAULTS, type AncestorImpact, type AncestorProposal, type AncestorUpgradePath } from "./proposal.ts";
import { type JsonMember, jsonInteger, type TypedJson } from "./typedJson.ts";

export type FromDocument =
  | { readonly ok: true; readonly proposal: AncestorProposal }
  | { readonly ok: false; readonly code: "VALUE_IS_NO_JSON" | "DUPLICATE_FILE"; readonly path: string };

/** What the ancestor stored beside the content. */
export type AncestorMetadata = Partial<
  Pick<
    AncestorProposal,
    | "nepId"
    | "status"
    | "authorNodeId"
    | "createdAt"
    | "updatedAt"
    | "votingStart"
    | "votingEnd"
    | "activationBlock"
    | "signature"
  >
>;

export function fromDocument(document: NepDocument, metadata: AncestorMetadata = {}): FromDocument {
  const paths = document.codeChanges.map(({ path }) => path);
  const twice = paths.findIndex((path, index) => paths.indexOf(path) < index);
  if (twice !== -1) return { ok: false, code: "DUPLICATE_FILE", path: `codeChanges[${twice}]` };
  const changes = document.parameterChanges.map(({ oldValue, newValue, module, parameter, rationale }) => {
    const values = { oldValue: jsonOfChangeValue(oldValue), newValue: jsonOfChangeValue(newValue) };
    return { module, parameter, rationale, ...values, unknown: [] };
  });
  const bad = changes.findIndex(({ oldValue, newValue }) => oldValue === undefined || newValue === undefined);
  if (bad !== -1) return { ok: false, code: "VALUE_IS_NO_JSON", path: `parameterChanges[${bad}]` };
  const { title, nepType, abstract, motivation, specification } = document;
  const proposal: AncestorProposal = {
    ...ANCESTOR_DEFAULTS,
    ...metadata,
    ...{ title, nepType, abstract, motivation, specification },
    parameterChanges: changes as AncestorProposal["parameterChanges"],
    codeChanges: document.codeChanges.map(({ path, change }) => ({ path, diff: change })),
    economicImpact: impactOf(document),
    upgradePath: upgradePathOf(document.upgradePath),
    approvalThreshold: floatOf(document.approvalThreshold),
    quorumThreshold: floatOf(document.quorumThreshold),
    unknown: extraMembers(document),
  };
  return { ok: true, proposal: { ...proposal, contentHash: legacyHash(proposal) } };
}

function impactOf({ economicImpact }: NepDocument): AncestorImpact {
  const entries = IMPACT_FIELDS.map(({ name, decimals }) => {
    const value = economicImpact[name];
    return [name, decimals === 0 ? jsonInteger(value) : floatOf(value)];
  });
  return { ...(Object.fromEntries(entries) as Omit<AncestorImpact, "unknown">), unknown: [] };
}

function upgradePathOf(path: UpgradePath): AncestorUpgradePath {
  return {
    ...path,
    gracePeriodDays: jsonInteger(path.gracePeriodDays),
    activationDelayBlocks: jsonInteger(path.activationDelayBlocks),
    unknown: [],
  };
}

function extraMembers(document: NepDocument): readonly JsonMember[] {
  const texts = (["description", "securityConsiderations", "backwardCompatibility", "testCases"] as const)
    .filter((name) => document[name] !== "")
    .map((name) => ({ key: DOCUMENT_KEYS[name], value: text(document[name]) }));
  const lists = (["requires", "supersedes"] as const)
    .filter((name) => document[name].length > 0)
    .map((name) => ({ key: DOCUMENT_KEYS[name], value: array(document[name].map(text)) }));
  const reports = document.evidence.map(({ name, digest }): TypedJson => {
    return {
      kind: "object",
      members: [
        { key: "name", value: text(name) },
        { key: "digest", value: text(digest) },
      ],
    };
  });
  return [
    ...texts,
    ...lists,
    ...(document.ratifies === null ? [] : [{ key: DOCUMENT_KEYS.ratifies, value: text(document.ratifies) }]),
    ...(reports.length === 0 ? [] : [{ key: DOCUMENT_KEYS.evidence, value: array(reports) }]),
  ];
}

function text(value: string): TypedJson {
  return { kind: "string", value };
}

function array(items: readonly TypedJson[]): TypedJson {
  return { kind: "array", items };
}
