/** A proposal for people: where it stands, what it would change, and its text. */
import type { NepDiffView, NepDocument, NepView } from "@neuroshard/sdk";
import { type ChainTime, formatMoment } from "../terminal/formatMoment.ts";
import { formatNeuro, formatPercent } from "../terminal/formatNeuro.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { formatPairs } from "../terminal/formatTable.ts";
import { describeNepStep } from "./describeNepStep.ts";

interface NepFacts {
  readonly view: NepView;
  readonly diff: NepDiffView;
  readonly document: NepDocument;
  readonly time: ChainTime;
}

const SECTIONS = [
  ["Abstract", "abstract"],
  ["Motivation", "motivation"],
  ["Specification", "specification"],
  ["Backward Compatibility", "backwardCompatibility"],
  ["Test Cases", "testCases"],
  ["Security Considerations", "securityConsiderations"],
] as const;

export function describeNep({ view, diff, document, time }: NepFacts): string {
  const { record, reason } = view;
  const { rules } = record;
  const ending = reason === null ? "" : ` (${reason.code}${reason.detail === "" ? "" : `: ${reason.detail}`})`;
  const pairs: (readonly [string, string])[] = [
    ["status", `${view.status}${ending}, ${describeNepStep(view, time)}`],
    ["id", view.nepId],
    ["author", view.author],
    ["type", `${view.nepType}, ${view.track} track`],
    ["submitted", formatMoment(view.submittedAt, time)],
    ["voting", `blocks ${formatCount(view.votingFrom)} to ${formatCount(view.votingTo)}`],
    [
      "needs",
      `${formatPercent(BigInt(rules.quorum))} of the stake to vote, ${formatPercent(BigInt(rules.approval))} of yes and no to be yes, less than ${formatPercent(BigInt(rules.veto))} veto`,
    ],
    ["deposit", `${formatNeuro(record.deposit)} held, fee ${formatNeuro(record.fee)}`],
    ["impact", view.impact],
    ["upgrade", describeUpgrade(document)],
  ];
  const changes = diff.changes.map(describeChange);
  const code = document.codeChanges.map(({ path }) => `  code ${path}\n`);
  const description = document.description === "" ? "" : `  ${document.description}\n`;
  return `${view.label}  ${view.title}\n${description}${formatPairs(pairs)}${changes.join("")}${code.join("")}`;
}

export function describeNepTexts(document: NepDocument): string {
  return SECTIONS.map(([title, name]) => `\n## ${title}\n\n${document[name]}\n`).join("");
}

function describeChange({
  key,
  current,
  oldValue,
  newValue,
  isStale,
  rationale,
}: NepDiffView["changes"][number]): string {
  const stale = isStale ? "  stale: it is neither the old nor the new value" : "";
  return `  ${key}\n    ${oldValue} -> ${newValue}, now ${current}${stale}\n    ${rationale}\n`;
}

function describeUpgrade({ upgradePath }: NepDocument): string {
  const { minVersion, targetVersion, gracePeriodDays, backwardCompatible, requiresCheckpointReload } = upgradePath;
  return [
    `from ${minVersion} to ${targetVersion}`,
    `${gracePeriodDays} days of grace`,
    backwardCompatible ? "backward compatible" : "not backward compatible",
    ...(requiresCheckpointReload ? ["needs the checkpoint to be loaded again"] : []),
  ].join(", ");
}
