/**
 * The beginning of a network: its parameters, who holds what, and who signs the blocks of an embedded chain. Its digest is
 * the network id, so two networks can never be mistaken for each other. Spec: spec/ledger.md#L6.
 */
import { encode, type ValueOf } from "../codec/codec.ts";
import { list, struct } from "../codec/composites.ts";
import { choice, count, text, u8 } from "../codec/primitives.ts";
import { taggedDigest } from "../crypto/hash.ts";
import { sumOf } from "../ledger/supply.ts";
import { genesisValues } from "../params/genesisValues.ts";
import { PRESET_NAMES, PRESETS } from "../params/presets.ts";
import type { ParamProblem } from "../params/problem.ts";
import { isParamKey, type ParamKey } from "../params/registry.ts";
import { type ParamValue, paramValue } from "../params/value.ts";
import { Draft } from "../state/draft.ts";
import { emptyTables, type State } from "../state/state.ts";
import type { Supply } from "../state/tables.ts";
import { type AccountId, type Amount, accountId, amount, type Digest, publicKey } from "../types/identifiers.ts";
import { RELEASE_VERSION } from "./release.ts";
import { optionalTraining } from "./trainingGenesis.ts";

export const STATE_FORMAT = 2;

/** Of a model where there is none. */
const NO_DIGEST = "0".repeat(64) as Digest;

export const genesis = struct({
  format: u8,
  /** For people; part of the identity like everything else. */
  name: text(64),
  preset: choice(PRESET_NAMES),
  /** Unix time. Shown, never read by a rule. */
  createdAtMs: count,
  sequencer: publicKey,
  overrides: list(struct({ key: text(128), value: paramValue }), 1024),
  allocations: list(struct({ account: accountId, amount }), 65_536),
  /** Validators from the first block on. Their power is no money, and fades. */
  validators: list(struct({ account: accountId, power: amount }), 1024),
  /** Null: a network that keeps accounts and trains nothing. */
  training: optionalTraining,
});
export type Genesis = ValueOf<typeof genesis>;

export function networkIdOf(content: Genesis): Digest {
  return taggedDigest("genesis", encode(genesis, content));
}

/** Far above any sum that means something, and far below what amounts can hold: nothing that is ever minted overflows. */
const MOST_ALLOCATED = 2n ** 120n;

export type GenesisProblem =
  | ParamProblem
  | { readonly code: "ALLOCATIONS_TOO_LARGE"; readonly most: Amount; readonly total: Amount }
  | { readonly code: "VALIDATORS_TOO_STRONG"; readonly most: Amount; readonly total: Amount }
  | { readonly code: "VALIDATOR_REPEATED"; readonly account: AccountId }
  | { readonly code: "GENESIS_FORMAT"; readonly expected: number; readonly actual: number };

export type GenesisResult =
  | { readonly ok: true; readonly value: State }
  | { readonly ok: false; readonly problem: GenesisProblem };

/** The state before the first block, or what is wrong with its parameters or allocations. */
export function genesisState(content: Genesis): GenesisResult {
  const problem = problemOf(content);
  if (problem !== undefined) return { ok: false, problem };
  const overrides = new Map<ParamKey, ParamValue>();
  for (const { key, value } of content.overrides) {
    if (!isParamKey(key)) return { ok: false, problem: { code: "PARAM_UNKNOWN", key } };
    overrides.set(key, value);
  }
  const values = genesisValues(PRESETS[content.preset], overrides);
  if (!values.ok) return values;
  const networkId = networkIdOf(content);
  const draft = new Draft({ tables: emptyTables(), cells: firstCells(content, networkId) });
  for (const [key, value] of values.value) draft.set("params", key, [{ height: 0, value, nepId: null }]);
  for (const { account, amount: granted } of content.allocations) {
    const before = draft.get("accounts", account)?.balance ?? 0n;
    draft.set("accounts", account, { balance: before + granted, nonce: 0 });
  }
  for (const { account, power } of content.validators) draft.set("bootstrap", account, { power });
  return { ok: true, value: draft.commit() };
}

function problemOf({ format, allocations, validators }: Genesis): GenesisProblem | undefined {
  if (format !== STATE_FORMAT) return { code: "GENESIS_FORMAT", expected: STATE_FORMAT, actual: format };
  const total = sumOf(allocations);
  if (total > MOST_ALLOCATED) return { code: "ALLOCATIONS_TOO_LARGE", most: MOST_ALLOCATED, total };
  const power = validators.reduce((sum, each) => sum + each.power, 0n);
  if (power > MOST_ALLOCATED) return { code: "VALIDATORS_TOO_STRONG", most: MOST_ALLOCATED, total: power };
  const known = new Set<AccountId>();
  for (const { account } of validators) {
    if (known.has(account)) return { code: "VALIDATOR_REPEATED", account };
    known.add(account);
  }
  return undefined;
}

function firstCells({ sequencer, training, allocations }: Genesis, networkId: Digest): State["cells"] {
  const total = sumOf(allocations);
  const nothing: Supply = {
    genesis: 0n,
    minted: 0n,
    burned: 0n,
    spendable: 0n,
    bonded: 0n,
    unbonding: 0n,
    escrowed: 0n,
    treasury: 0n,
    held: 0n,
  };
  return {
    network: { networkId, sequencer },
    head: { height: 0, parent: networkId, beacon: networkId },
    supply: { ...nothing, genesis: total, spendable: total },
    version: RELEASE_VERSION,
    totalPower: { checkpoints: [] },
    validatorCount: { count: 0 },
    openNeps: { open: [], lastLabel: 0 },
    activeNeps: { ids: [] },
    format: { version: STATE_FORMAT },
    validatorSet: { accounts: [] },
    trainers: { devices: [] },
    training: {
      round: 0,
      model: training?.model ?? { weights: NO_DIGEST, momentum: NO_DIGEST },
      modelRound: 0,
      steps: 0,
      validationLoss: null,
      open: [],
    },
    recipe: training,
  };
}
