/**
 * Every number, switch and word that a vote can change, by `module.PARAMETER`. Nothing reads them but through `Params`;
 * what a parameter was at a height is the chain's to say (`history.ts`).
 */
import type { DecimalEntry, FlagEntry, IntegerEntry, ParamEntry, SchedulePoint, WordEntry } from "./entry.ts";
import { consensusVerifier, proofLimits } from "./modules/consensusVerifier.ts";
import { economicsConstants } from "./modules/economicsConstants.ts";
import { economicsEmission } from "./modules/economicsEmission.ts";
import { economicsFees } from "./modules/economicsFees.ts";
import { economicsMarket } from "./modules/economicsMarket.ts";
import { economicsStaking } from "./modules/economicsStaking.ts";
import { economicsValidators, validatorTierParams } from "./modules/economicsValidators.ts";
import { governanceRegistry, governanceTracks, governanceVoting } from "./modules/governanceParams.ts";
import { modelLlm } from "./modules/modelLlm.ts";
import { networkGossip } from "./modules/networkGossip.ts";
import { networkLimits } from "./modules/networkLimits.ts";
import { protocolFeatures, protocolTime } from "./modules/protocolParams.ts";
import { trainingAudit, trainingDiloco } from "./modules/trainingParams.ts";

const REGISTRY = {
  ...economicsConstants,
  ...validatorTierParams,
  ...economicsValidators,
  ...economicsFees,
  ...economicsStaking,
  ...economicsEmission,
  ...economicsMarket,
  ...proofLimits,
  ...consensusVerifier,
  ...governanceTracks,
  ...governanceVoting,
  ...governanceRegistry,
  ...modelLlm,
  ...trainingDiloco,
  ...trainingAudit,
  ...networkLimits,
  ...networkGossip,
  ...protocolTime,
  ...protocolFeatures,
};

export type ParamKey = keyof typeof REGISTRY;

type TypeOf<Entry> = Entry extends FlagEntry
  ? boolean
  : Entry extends IntegerEntry
    ? number
    : Entry extends DecimalEntry
      ? bigint
      : Entry extends WordEntry<infer Word>
        ? Word
        : readonly SchedulePoint[];

/** Integers as `number`, decimals as `bigint` that counts 10^-18 (so an amount in NEURO is base units), words as theirs. */
export type ParamType<Key extends ParamKey> = TypeOf<(typeof REGISTRY)[Key]>;

/** In the order of their names, the order in which they enter the state. */
export const PARAM_KEYS: readonly ParamKey[] = (Object.keys(REGISTRY) as ParamKey[]).sort();

export function isParamKey(key: string): key is ParamKey {
  return Object.hasOwn(REGISTRY, key);
}

/** The key that a proposal names by module and parameter; undefined when there is none. */
export function paramKeyOf(module: string, parameter: string): ParamKey | undefined {
  const key = `${module}.${parameter}`;
  return isParamKey(key) ? key : undefined;
}

export function entryOf(key: ParamKey): ParamEntry {
  return REGISTRY[key];
}
