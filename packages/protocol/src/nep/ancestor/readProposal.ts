/**
 * Reads the ancestor's JSON. What is missing gets the ancestor's default, a wrong type is refused with its place, and
 * members that the ancestor did not know are kept, wherever they stand.
 */
import { NEP_TYPES } from "../document.ts";
import { IMPACT_FIELDS, UPGRADE_KEYS } from "../fields.ts";
import { ANCESTOR_STATUSES } from "../statuses.ts";
import { type AncestorCode, AncestorFault, MemberReader, wrongType } from "./memberReader.ts";
import {
  ANCESTOR_DEFAULTS,
  ANCESTOR_IMPACT,
  ANCESTOR_UPGRADE_PATH,
  type AncestorChange,
  type AncestorCodeChange,
  type AncestorImpact,
  type AncestorProposal,
  type AncestorUpgradePath,
} from "./proposal.ts";
import { parseTypedJson, type TypedJson, type TypedJsonCode } from "./typedJson.ts";

export type ReadProposal =
  | { readonly ok: true; readonly proposal: AncestorProposal }
  | {
      readonly ok: false;
      readonly code: AncestorCode | TypedJsonCode;
      /** Empty when the text is no JSON. */
      readonly path: string;
      /** The rest of a sentence that begins with the path. */
      readonly reason: string;
    };

/** Never throws, whatever the text is. */
export function readProposal(json: string): ReadProposal {
  const parsed = parseTypedJson(json);
  if (!parsed.ok) return { ok: false, code: parsed.code, path: "", reason: parsed.reason };
  try {
    return { ok: true, proposal: proposalOf(parsed.value) };
  } catch (error) {
    if (error instanceof AncestorFault) return { ok: false, code: error.code, path: error.path, reason: error.message };
    throw error;
  }
}

function proposalOf(json: TypedJson): AncestorProposal {
  const from = new MemberReader(json, "");
  const defaults = ANCESTOR_DEFAULTS;
  return {
    nepId: from.text("nep_id", ""),
    title: from.text("title", ""),
    nepType: from.word("nep_type", NEP_TYPES, defaults.nepType),
    status: from.word("status", ANCESTOR_STATUSES, defaults.status),
    authorNodeId: from.text("author_node_id", ""),
    createdAt: from.number("created_at", defaults.createdAt),
    updatedAt: from.number("updated_at", defaults.updatedAt),
    abstract: from.text("abstract", ""),
    motivation: from.text("motivation", ""),
    specification: from.text("specification", ""),
    parameterChanges: from.list("parameter_changes", changeOf),
    codeChanges: codeChangesOf(from.inner("code_changes")),
    economicImpact: impactOf(from.inner("economic_impact")),
    upgradePath: upgradePathOf(from.inner("upgrade_path")),
    votingStart: from.numberOrNull("voting_start"),
    votingEnd: from.numberOrNull("voting_end"),
    approvalThreshold: from.number("approval_threshold", defaults.approvalThreshold),
    quorumThreshold: from.number("quorum_threshold", defaults.quorumThreshold),
    activationBlock: from.numberOrNull("activation_block"),
    contentHash: from.text("content_hash", ""),
    signature: from.text("signature", ""),
    unknown: from.rest(),
  };
}

function changeOf(json: TypedJson, path: string): AncestorChange {
  const from = new MemberReader(json, path);
  return {
    module: from.text("module"),
    parameter: from.text("parameter"),
    oldValue: from.value("old_value"),
    newValue: from.value("new_value"),
    rationale: from.text("rationale"),
    unknown: from.rest(),
  };
}

function codeChangesOf(from: MemberReader): readonly AncestorCodeChange[] {
  return from.rest().map(({ key, value }) => {
    if (value.kind !== "string") throw wrongType(from.pathOf(key), "text");
    return { path: key, diff: value.value };
  });
}

function impactOf(from: MemberReader): AncestorImpact {
  const numbers = IMPACT_FIELDS.map(({ name, key }) => [name, from.number(key, ANCESTOR_IMPACT[name])]);
  return { ...(Object.fromEntries(numbers) as Omit<AncestorImpact, "unknown">), unknown: from.rest() };
}

function upgradePathOf(from: MemberReader): AncestorUpgradePath {
  const defaults = ANCESTOR_UPGRADE_PATH;
  return {
    minVersion: from.text(UPGRADE_KEYS.minVersion, defaults.minVersion),
    targetVersion: from.text(UPGRADE_KEYS.targetVersion, defaults.targetVersion),
    gracePeriodDays: from.number(UPGRADE_KEYS.gracePeriodDays, defaults.gracePeriodDays),
    activationDelayBlocks: from.number(UPGRADE_KEYS.activationDelayBlocks, defaults.activationDelayBlocks),
    backwardCompatible: from.flag(UPGRADE_KEYS.backwardCompatible, defaults.backwardCompatible),
    requiresCheckpointReload: from.flag(UPGRADE_KEYS.requiresCheckpointReload, defaults.requiresCheckpointReload),
    migrationSteps: from.list(UPGRADE_KEYS.migrationSteps, (item, path) => {
      if (item.kind !== "string") throw wrongType(path, "text");
      return item.value;
    }),
    unknown: from.rest(),
  };
}
