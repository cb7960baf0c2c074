/** Every invariant between parameters, broken once. */
import { expect, test } from "vitest";
import { decimal } from "../numbers/decimal.ts";
import { genesisValues, overridesOf, type ParamOverrides } from "./genesisValues.ts";
import type { INVARIANTS } from "./invariants.ts";
import { PRESETS } from "./presets.ts";

const BROKEN: { readonly [Name in keyof typeof INVARIANTS]: ParamOverrides } = {
  sharesSumToOne: { "economics.constants.DRIVER_SHARE": decimal("0.150000000000000001") },
  stakeAmountsOrdered: {
    "economics.constants.MIN_STAKE_AMOUNT": decimal("1000"),
    "economics.constants.MAX_STAKE_AMOUNT": decimal("999"),
  },
  stakeDurationsOrdered: {
    "economics.constants.MIN_STAKE_DURATION_DAYS": 30,
    "economics.constants.MAX_STAKE_DURATION_DAYS": 29,
  },
  proposerRewardsOrdered: { "governance.registry.PROPOSER_REWARD_MAX": decimal("0.5") },
  validatorTiersRise: { "economics.constants.VALIDATOR_TIER_3_MAX_COUNT": 10 },
  fraudDoesNotPay: { "training.audit.SLASH_GAIN_FACTOR": decimal("0.95") },
  latentRankWithMlaOnly: { "model.llm.ATTENTION_TYPE": "mla" },
  multiTokenNeedsDepth: { "model.llm.MTP_ENABLED": true },
  unbondingOutlastsAudits: { "economics.staking.UNBONDING": 120_959 },
  suspectsAuditedMore: { "training.audit.AUDIT_PROBABILITY": decimal("0.51") },
  constitutionIsHardest: { "governance.tracks.ARCHITECTURE_APPROVAL": decimal("0.76") },
  emergencyOutlastsRatification: { "governance.voting.EMERGENCY_LIFETIME": 14 * PRESETS.main.dayBlocks },
  proposalFeeWithinStake: { "governance.registry.PROPOSAL_FEE": decimal("100.1") },
  proposalFitsTransaction: { "governance.registry.MAX_NEP_BYTES": 327_680 },
  segmentsFitCommit: { "training.diloco.INNER_STEPS": 10_000, "training.diloco.SEGMENT_STEPS": 9 },
  segmentFitsSlot: { "training.diloco.SEGMENT_STEPS": 501 },
  auditFitsWindow: { "training.audit.AUDIT_WINDOW": 359 },
};

test.each(Object.entries(BROKEN))("%s is an invariant", (invariant, overrides) => {
  expect(genesisValues(PRESETS.main, overridesOf(overrides))).toMatchObject({
    ok: false,
    problem: { code: "PARAM_INVARIANT", invariant, detail: expect.stringMatching(/\S/) },
  });
});

test("one change can carry both sides: MLA with a rank, prediction of several tokens with a depth", () => {
  const overrides = overridesOf({
    "model.llm.ATTENTION_TYPE": "mla",
    "model.llm.KV_LORA_RANK": 512,
    "model.llm.MTP_ENABLED": true,
    "model.llm.MTP_DEPTH": 1,
  });
  expect(genesisValues(PRESETS.main, overrides)).toMatchObject({ ok: true });
});

test("without a proportional slash, a large flat one can still make fraud a loss", () => {
  const withSlash = (slash: string) =>
    genesisValues(
      PRESETS.main,
      overridesOf({
        "training.audit.SLASH_GAIN_FACTOR": 0n,
        "economics.constants.MAX_REWARD_PER_PROOF": decimal("1"),
        "economics.constants.SLASH_AMOUNT": decimal(slash),
      }),
    );
  // 0.05 x 19 = 0.95 x 1: not a loss yet.
  expect(withSlash("19")).toMatchObject({ ok: false, problem: { invariant: "fraudDoesNotPay" } });
  expect(withSlash("19.000000000000000001")).toMatchObject({ ok: true });
});

test("a network without emission is sound", () => {
  const overrides = overridesOf({
    "economics.emission.EMISSION_ENABLED": false,
    "economics.emission.MAX_MINT_PER_ROUND": 0n,
  });
  expect(genesisValues(PRESETS.devnet, overrides)).toMatchObject({ ok: true });
});
