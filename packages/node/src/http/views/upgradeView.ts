/** What a network demands beyond this release, as the API and the node's warning say it. */
import type { ProtocolVersion, UpgradeDemand } from "@neuroshard/protocol";
import { formatLabel } from "./nepViews.ts";

export interface UpgradeView {
  version: string;
  features: string[];
  labels: string[];
}

export function formatVersion({ major, minor, patch }: ProtocolVersion): string {
  return `${major}.${minor}.${patch}`;
}

export function upgradeView({ version, features, labels }: UpgradeDemand): UpgradeView {
  return { version: formatVersion(version), features: [...features], labels: labels.map(formatLabel) };
}
