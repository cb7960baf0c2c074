/** What the network demands beyond this release, for people. */
import { RELEASE_VERSION, type State, upgradeDemand } from "@neuroshard/protocol";
import { formatVersion, upgradeView } from "../http/views/upgradeView.ts";

/** Undefined when nothing. */
export function describeDemand(state: State): string | undefined {
  const demand = upgradeDemand(state);
  if (demand === undefined) return undefined;
  const { version, features, labels } = upgradeView(demand);
  const what = features.length === 0 ? "" : ` with ${features.join(", ")}`;
  const since = labels.length === 0 ? "" : ` since ${labels.join(", ")}`;
  const own = `this release is ${formatVersion(RELEASE_VERSION)}`;
  return `the network runs protocol ${version}${what}${since}, ${own}; install a newer release`;
}
