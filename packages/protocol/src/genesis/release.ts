/**
 * What this release of the software can do. A network can vote for more; a node that cannot follow must say so before it
 * computes something else than its peers, and name the proposal that asks for the upgrade.
 */
import { isNewer } from "../governance/softwareVersion.ts";
import { paramsAt } from "../params/paramsOfState.ts";
import { PARAM_KEYS, type ParamKey } from "../params/registry.ts";
import type { State } from "../state/state.ts";
import type { ProtocolVersion } from "../state/tables.ts";

export const RELEASE_VERSION: ProtocolVersion = { major: 1, minor: 0, patch: 0 };

/** What every network starts with; the other features of the registry are proposals that this release knows by name only. */
const RELEASE_FEATURES: readonly string[] = [
  "diloco",
  "dynamic_layers",
  "ponw",
  "gossip_proofs",
  "ecdsa_signatures",
  "inference_market",
  "robust_aggregation",
];

const FEATURE_PREFIX = "protocol.features.feature_";

type FeatureKey = Extract<ParamKey, `${typeof FEATURE_PREFIX}${string}`>;

/** Names of the features that are in force after the last block, in the order of the registry. */
export function activeFeatures(state: State): readonly string[] {
  const params = paramsAt(state, state.cells.head.height);
  return PARAM_KEYS.filter((key): key is FeatureKey => key.startsWith(FEATURE_PREFIX))
    .filter((key) => params.get(key))
    .map((key) => key.slice(FEATURE_PREFIX.length));
}

export interface UpgradeDemand {
  /** Of the network. */
  readonly version: ProtocolVersion;
  /** In force and unknown to this release. */
  readonly features: readonly string[];
  /** Labels of the active proposals that ask for more than this release is. */
  readonly labels: readonly number[];
}

/** What the network demands beyond this release, undefined when nothing. */
export function upgradeDemand(state: State): UpgradeDemand | undefined {
  const { version } = state.cells;
  const features = activeFeatures(state).filter((feature) => !RELEASE_FEATURES.includes(feature));
  if (features.length === 0 && !isNewer(version, RELEASE_VERSION)) return undefined;
  const records = state.cells.activeNeps.ids.map((nepId) => state.tables.neps.get(nepId));
  const labels = records.flatMap((record) => (record?.needsNewSoftware === true ? [record.label] : []));
  return { version, features, labels };
}
