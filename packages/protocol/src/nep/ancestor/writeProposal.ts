/** A proposal as the ancestor's JSON: its names in its order, what it lost (code changes) or did not know after that. */
import { IMPACT_FIELDS, UPGRADE_KEYS } from "../fields.ts";
import type { AncestorChange, AncestorImpact, AncestorProposal, AncestorUpgradePath } from "./proposal.ts";
import { pythonJson } from "./pythonJson.ts";
import type { JsonMember, TypedJson } from "./typedJson.ts";

export function writeProposal(proposal: AncestorProposal): string {
  return pythonJson({ kind: "object", members: [...members(proposal), ...proposal.unknown] });
}

/** The eight members that the ancestor hashed, without those that it did not know. */
export function legacyMembers(proposal: AncestorProposal): readonly JsonMember[] {
  const { economicImpact, upgradePath, parameterChanges } = proposal;
  return contentMembers({
    ...proposal,
    economicImpact: { ...economicImpact, unknown: [] },
    upgradePath: { ...upgradePath, unknown: [] },
    parameterChanges: parameterChanges.map((change) => ({ ...change, unknown: [] })),
  }).concat(textMember("title", proposal.title), textMember("nep_type", proposal.nepType));
}

function members(proposal: AncestorProposal): readonly JsonMember[] {
  const { codeChanges } = proposal;
  return [
    textMember("nep_id", proposal.nepId),
    textMember("title", proposal.title),
    textMember("nep_type", proposal.nepType),
    textMember("status", proposal.status),
    textMember("author_node_id", proposal.authorNodeId),
    member("created_at", proposal.createdAt),
    member("updated_at", proposal.updatedAt),
    ...contentMembers(proposal),
    member("voting_start", proposal.votingStart ?? NULL),
    member("voting_end", proposal.votingEnd ?? NULL),
    member("approval_threshold", proposal.approvalThreshold),
    member("quorum_threshold", proposal.quorumThreshold),
    member("activation_block", proposal.activationBlock ?? NULL),
    textMember("content_hash", proposal.contentHash),
    textMember("signature", proposal.signature),
    // Only where there are some: without them the text is the ancestor's, byte for byte.
    ...(codeChanges.length === 0
      ? []
      : [member("code_changes", object(codeChanges.map(({ path, diff }) => textMember(path, diff))))]),
  ];
}

function contentMembers(proposal: AncestorProposal): JsonMember[] {
  return [
    textMember("abstract", proposal.abstract),
    textMember("motivation", proposal.motivation),
    textMember("specification", proposal.specification),
    member("parameter_changes", { kind: "array", items: proposal.parameterChanges.map(changeJson) }),
    member("economic_impact", impactJson(proposal.economicImpact)),
    member("upgrade_path", upgradeJson(proposal.upgradePath)),
  ];
}

function changeJson({ module, parameter, oldValue, newValue, rationale, unknown }: AncestorChange): TypedJson {
  return object([
    textMember("module", module),
    textMember("parameter", parameter),
    member("old_value", oldValue),
    member("new_value", newValue),
    textMember("rationale", rationale),
    ...unknown,
  ]);
}

function impactJson(impact: AncestorImpact): TypedJson {
  return object([...IMPACT_FIELDS.map(({ name, key }) => member(key, impact[name])), ...impact.unknown]);
}

function upgradeJson(path: AncestorUpgradePath): TypedJson {
  const steps = path.migrationSteps.map((step) => text(step));
  return object([
    textMember(UPGRADE_KEYS.minVersion, path.minVersion),
    textMember(UPGRADE_KEYS.targetVersion, path.targetVersion),
    member(UPGRADE_KEYS.gracePeriodDays, path.gracePeriodDays),
    member(UPGRADE_KEYS.activationDelayBlocks, path.activationDelayBlocks),
    member(UPGRADE_KEYS.backwardCompatible, { kind: "bool", value: path.backwardCompatible }),
    member(UPGRADE_KEYS.requiresCheckpointReload, { kind: "bool", value: path.requiresCheckpointReload }),
    member(UPGRADE_KEYS.migrationSteps, { kind: "array", items: steps }),
    ...path.unknown,
  ]);
}

const NULL: TypedJson = { kind: "null" };

function text(value: string): TypedJson {
  return { kind: "string", value };
}

function object(list: readonly JsonMember[]): TypedJson {
  return { kind: "object", members: list };
}

function member(key: string, value: TypedJson): JsonMember {
  return { key, value };
}

function textMember(key: string, value: string): JsonMember {
  return member(key, text(value));
}
