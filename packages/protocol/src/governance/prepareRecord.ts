/** The record of a proposal as it stands when it is submitted, or the first reason against it. */
import type { NepDocument } from "../nep/document.ts";
import type { AppliedChange, NepRecord } from "../nep/record.ts";
import type { Draft } from "../state/draft.ts";
import type { ProtocolVersion } from "../state/tables.ts";
import type { BlockContext } from "../transition/context.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import { checkChanges } from "./checkChanges.ts";
import { documentProblem } from "./checkDocument.ts";
import { substanceOf } from "./similarity.ts";
import { isNewer, parseVersion } from "./softwareVersion.ts";
import { rulesFor, thresholdProblem } from "./tracks.ts";

interface Submission {
  readonly document: NepDocument;
  readonly author: AccountId;
  readonly label: number;
  readonly fee: Amount;
  readonly deposit: Amount;
}

export function prepareRecord(draft: Draft, submission: Submission, context: BlockContext): NepRecord | Rejected {
  const { document, author, label, fee, deposit } = submission;
  const { params, height } = context;
  const problem = documentProblem(draft, document, params) ?? thresholdProblem(document, params);
  if (problem !== undefined) return problem;
  const checked = checkChanges(draft, document, context);
  if (!checked.ok) return checked;
  const cooldown = draft.get("cooldowns", substanceOf(document, checked.changes));
  if (cooldown !== undefined && height < cooldown.height) {
    return reject({ code: "NEP_COOLDOWN", until: cooldown.height, height });
  }
  const targetVersion = parseVersion(document.upgradePath.targetVersion);
  if (targetVersion === undefined)
    return reject({ code: "NEP_INVALID", field: "targetVersion", reason: "is no version" });
  const { rules, reviewBlocks } = rulesFor(document, params);
  const snapshotAt = height + reviewBlocks;
  return {
    label,
    author,
    nepType: document.nepType,
    title: document.title,
    submittedAt: height,
    snapshotAt,
    votingEndsAt: snapshotAt + rules.votingBlocks,
    isVotingExtended: false,
    rules,
    activationDelayBlocks: document.upgradePath.activationDelayBlocks,
    changes: checked.changes,
    requires: document.requires,
    supersedes: document.supersedes,
    ratifies: document.ratifies,
    targetVersion,
    needsNewSoftware: needsNewSoftware(targetVersion, draft.cell("version"), checked.changes),
    fee,
    deposit,
    totalPower: null,
    tally: { yes: 0n, no: 0n, abstain: 0n, veto: 0n, voters: 0, others: 0n },
    ready: 0n,
    rollback: 0n,
    stage: { kind: "pending" },
  };
}

/** A change of figures alone is within what every node of this version can do. */
function needsNewSoftware(
  target: ProtocolVersion,
  current: ProtocolVersion,
  changes: readonly AppliedChange[],
): boolean {
  const switchesOn = changes.some(
    ({ key, newValue }) => key.startsWith("protocol.features.") && newValue.kind === "flag" && newValue.value,
  );
  return switchesOn || isNewer(target, current);
}
