/** The registry as a whole: every entry is sound on every preset. */
import { expect, expectTypeOf, test } from "vitest";
import { NEP_TYPES } from "../nep/document.ts";
import { ONE } from "../numbers/decimal.ts";
import { checkValue } from "./checkValue.ts";
import { resolveQuantity } from "./entry.ts";
import { defaultOf, genesisValues, overridesOf, valueIn } from "./genesisValues.ts";
import { proofLimits } from "./modules/consensusVerifier.ts";
import { economicsConstants } from "./modules/economicsConstants.ts";
import { economicsValidators, validatorTierParams } from "./modules/economicsValidators.ts";
import { clockOf, createParams } from "./params.ts";
import { PRESETS } from "./presets.ts";
import { entryOf, PARAM_KEYS, paramKeyOf } from "./registry.ts";

const presets = Object.values(PRESETS);

function defaultParams(preset = PRESETS.main) {
  const result = genesisValues(preset);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return createParams((key) => valueIn(result.value, key));
}

test.each(presets)("the defaults of $name hold together", (preset) => {
  const result = genesisValues(preset);
  expect(result).toMatchObject({ ok: true });
  if (result.ok) expect([...result.value.keys()]).toEqual(PARAM_KEYS);
  expect(clockOf(defaultParams(preset))).toEqual({ dayBlocks: preset.dayBlocks, blockSeconds: preset.blockSeconds });
});

test("every default is of its type and in its range on every preset", () => {
  for (const preset of presets) {
    for (const key of PARAM_KEYS) expect(checkValue(key, defaultOf(key, preset), preset), key).toBeUndefined();
  }
});

test("every entry says what it is, in which unit, and which proposals may change it", () => {
  for (const key of PARAM_KEYS) {
    const entry = entryOf(key);
    expect(entry.doc, key).toMatch(/^[A-Z].*\.$/);
    expect(entry.unit, key).not.toBe("");
    for (const type of entry.types) expect(NEP_TYPES, key).toContain(type);
    expect(key.length, key).toBeLessThanOrEqual(128);
  }
});

test("the tables that share a module's name share no key", () => {
  const tables = [economicsConstants, validatorTierParams, economicsValidators, proofLimits];
  const inModule = PARAM_KEYS.filter((key) => key.startsWith("economics.constants."));
  expect(tables.flatMap((table) => Object.keys(table)).sort()).toEqual(inModule);
});

test("a parameter is typed by its entry", () => {
  const params = defaultParams();
  expectTypeOf(params.get("economics.constants.STAKING_DIMINISHING")).toEqualTypeOf<boolean>();
  expectTypeOf(params.get("economics.staking.UNBONDING")).toEqualTypeOf<number>();
  expectTypeOf(params.get("economics.constants.SLASH_AMOUNT")).toEqualTypeOf<bigint>();
  expectTypeOf(params.get("model.llm.ATTENTION_TYPE")).toEqualTypeOf<"standard" | "mla">();
  expect(params.get("economics.constants.TRAINING_REWARD_PER_BATCH")).toBe(500_000_000_000_000n);
  expect(params.get("model.llm.MTP_LOSS_WEIGHT")).toEqual([{ from: 0n, value: 0n }]);
  expect(params.get("training.diloco.AGGREGATOR")).toBe("trimmed-mean");
});

test("seven days are 120,960 blocks of the main network, 84 of a devnet and 28 of a test network", () => {
  const blocks = presets.map((preset) => defaultParams(preset).get("governance.tracks.STANDARD_VOTING"));
  expect(blocks).toEqual([120_960, 84, 28]);
});

test("a minute is twelve blocks of five seconds, and no duration is shorter than a block", () => {
  expect(resolveQuantity({ seconds: 60 }, PRESETS.main)).toBe(12);
  expect(resolveQuantity({ seconds: 1 }, PRESETS.main)).toBe(1);
});

test("a parameter is read once for each instance", () => {
  let reads = 0;
  const params = createParams((key) => {
    reads++;
    return defaultOf(key, PRESETS.main);
  });
  params.get("economics.constants.SLASH_AMOUNT");
  params.get("economics.constants.SLASH_AMOUNT");
  expect(reads).toBe(1);
});

test("a proposal finds a parameter by module and name, and nothing through the prototype", () => {
  expect(paramKeyOf("model.llm", "MTP_DEPTH")).toBe("model.llm.MTP_DEPTH");
  expect(paramKeyOf("model.llm", "MTP_DEPHT")).toBeUndefined();
  expect(paramKeyOf("protocol.features", "feature_mla")).toBe("protocol.features.feature_mla");
  expect(paramKeyOf("constructor", "name")).toBeUndefined();
});

test("what no vote may change is closed to every type of proposal", () => {
  for (const key of ["governance.registry.VOTER_REWARD_RATE", "protocol.time.DAY_BLOCKS"] as const) {
    expect(entryOf(key).types).toEqual([]);
    expect(entryOf(key).isEmergencyChangeable).toBe(false);
  }
});

test("founders choose a preset, not a clock of their own", () => {
  const asked = overridesOf({ "protocol.time.DAY_BLOCKS": 100 });
  expect(genesisValues(PRESETS.devnet, asked)).toMatchObject({
    ok: false,
    problem: { code: "PARAM_OUT_OF_RANGE", key: "protocol.time.DAY_BLOCKS", least: "12", most: "12" },
  });
});

test("no vote can raise the transfer fee above a tenth", () => {
  const asked = overridesOf({ "economics.constants.FEE_BURN_RATE": ONE / 10n + 1n });
  expect(genesisValues(PRESETS.main, asked)).toMatchObject({
    ok: false,
    problem: { code: "PARAM_OUT_OF_RANGE", key: "economics.constants.FEE_BURN_RATE", most: "0.1" },
  });
});

test("the ancestor's figures are the defaults of the main network", () => {
  const params = defaultParams();
  const figures = {
    "economics.constants.UPTIME_REWARD_PER_MINUTE": 100_000_000_000_000n,
    "economics.constants.DATA_REWARD_PER_SAMPLE": 10_000_000_000_000n,
    "economics.constants.FEE_BURN_RATE": 50_000_000_000_000_000n,
    "economics.constants.SLASH_AMOUNT": 10n * ONE,
    "economics.constants.VALIDATION_FEE_PER_PROOF": 1_000_000_000_000_000n,
    "governance.registry.PROPOSAL_FEE": 10n * ONE,
    "governance.tracks.STANDARD_QUORUM": 200_000_000_000_000_000n,
    "governance.tracks.STANDARD_APPROVAL": 660_000_000_000_000_000n,
    "economics.market.PRICE_SMOOTHING": 800_000_000_000_000_000n,
  } as const;
  for (const [key, figure] of Object.entries(figures))
    expect(params.get(key as keyof typeof figures), key).toBe(figure);
});
