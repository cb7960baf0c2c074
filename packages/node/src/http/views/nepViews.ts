/** Proposals as the contract writes them. */
import {
  type Digest,
  describeImpact,
  formatAddress,
  formatParamValue,
  fromDocument,
  isParamKey,
  legacyHash,
  type NepDocument,
  type NepRecord,
  nepDocument,
  nepRecord,
  type State,
  statusOf,
  valueAt,
} from "@neuroshard/protocol";
import type { JsonOf, NepDiffView, NepSummary, NepView } from "@neuroshard/sdk/api";

export interface FoundNep {
  readonly nepId: Digest;
  readonly record: NepRecord;
}

export function labelOf({ label }: NepRecord): string {
  return formatLabel(label);
}

export function formatLabel(label: number): string {
  return `NEP-${String(label).padStart(3, "0")}`;
}

export function nepSummary({ nepId, record }: FoundNep, height: number): NepSummary {
  const { title, nepType, author, rules, submittedAt, snapshotAt, votingEndsAt } = record;
  return {
    nepId,
    label: labelOf(record),
    title,
    nepType,
    author: formatAddress(author),
    status: statusOf(record, height),
    track: rules.track,
    submittedAt,
    votingFrom: snapshotAt + 1,
    votingTo: votingEndsAt,
    activateAt: activationOf(record),
  };
}

function activationOf({ stage }: NepRecord): number | null {
  if (stage.kind === "passed") return stage.activateAt;
  return stage.kind === "active" ? stage.at : null;
}

export function nepView(state: State, nep: FoundNep): NepView {
  const { nepId, record } = nep;
  const { height } = state.cells.head;
  const document = documentOf(state, nepId);
  return {
    ...nepSummary(nep, height),
    height,
    document: nepDocument.toJson(document) as JsonOf<NepDocument>,
    record: nepRecord.toJson(record) as JsonOf<NepRecord>,
    reason: record.stage.kind === "ended" ? record.stage.reason : null,
    legacyHash: legacyHashOf(document),
    impact: describeImpact(document.economicImpact),
  };
}

/** Null where the ancestor could not have written the proposal. */
function legacyHashOf(document: NepDocument): string | null {
  const converted = fromDocument(document);
  return converted.ok ? legacyHash(converted.proposal) : null;
}

function documentOf(state: State, nepId: Digest): NepDocument {
  const document = state.tables.nepDocuments.get(nepId);
  if (document === undefined) throw new Error(`internal: proposal ${nepId} has no document`);
  return document;
}

export function nepDiffView(state: State, { nepId, record }: FoundNep): NepDiffView {
  const { height } = state.cells.head;
  const { parameterChanges } = documentOf(state, nepId);
  const changes = record.changes.map(({ key, oldValue, newValue }, index) => {
    const history = isParamKey(key) ? state.tables.params.get(key) : undefined;
    const current = history === undefined ? "" : formatParamValue(valueAt(history, height));
    const [old, next] = [formatParamValue(oldValue), formatParamValue(newValue)];
    return {
      key,
      current,
      oldValue: old,
      newValue: next,
      isStale: current !== old && current !== next,
      rationale: parameterChanges[index]?.rationale ?? "",
    };
  });
  return { nepId, label: labelOf(record), height, changes };
}
