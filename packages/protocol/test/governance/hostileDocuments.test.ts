/** Whatever a document says, the chain takes it or turns it away: no block fails, from submission to rollback. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChangeValue, NEP_TYPES, type NepDocument, nepIdOf } from "../../src/nep/document.ts";
import { ONE } from "../../src/numbers/decimal.ts";
import { defaultOf } from "../../src/params/genesisValues.ts";
import { PRESETS } from "../../src/params/presets.ts";
import { entryOf, PARAM_KEYS, type ParamKey } from "../../src/params/registry.ts";
import type { ParamValue } from "../../src/params/value.ts";
import { change, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { propertySettings } from "../propertySettings.ts";
import { Parliament, YES } from "./parliament.ts";

const [ada, bob] = [person("ada"), person("bob")];
const MOST_U32 = 4_294_967_295;
const I128 = fc.constantFrom(-(2n ** 127n), 2n ** 127n - 1n, 0n, -1n, 1n, ONE, 2n * ONE, 2n ** 64n);

/** Near the present value, so that many are valid; or anything at all. */
function newValueOf(key: ParamKey): fc.Arbitrary<ChangeValue> {
  const entry = entryOf(key);
  const now = defaultOf(key, PRESETS.minimal);
  const wild: fc.Arbitrary<ChangeValue>[] = [
    I128.map((value) => ({ kind: "integer", value })),
    I128.map((value) => ({ kind: "decimal", value })),
    fc.constant({ kind: "none" }),
    fc.string({ maxLength: 80 }).map((value) => ({ kind: "word", value })),
    fc.array(fc.record({ from: I128, value: I128 }), { maxLength: 16 }).map((points) => ({ kind: "schedule", points })),
  ];
  switch (now.kind) {
    case "flag":
      return fc.constant({ kind: "flag", value: !now.value });
    case "integer":
    case "decimal":
      return fc.oneof(
        { weight: 8, arbitrary: fc.bigInt({ min: -10n, max: 10n }).map((part) => moved(now, part)) },
        ...wild,
      );
    case "word":
      return fc.constantFrom(...(entry.type === "word" ? entry.words : [])).map((value) => ({ kind: "word", value }));
    default:
      return fc.oneof(...wild);
  }
}

function moved(now: Extract<ParamValue, { kind: "integer" | "decimal" }>, part: bigint): ChangeValue {
  const step = now.value / 20n;
  return { kind: now.kind, value: now.value + part * (step === 0n ? 1n : step) };
}

const aChange = fc
  .constantFrom(...PARAM_KEYS)
  .chain((key) => newValueOf(key).map((value) => change(key, defaultOf(key, PRESETS.minimal), value)));

/** What is usual, nine times of ten. */
function mostly<T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));
}

const THRESHOLDS = [ONE, 0n, -1n, 2n ** 127n - 1n, ONE / 2n];

const hostile: fc.Arbitrary<NepDocument> = fc
  .record({
    nepType: fc.constantFrom(...NEP_TYPES),
    parameterChanges: fc.array(aChange, { minLength: 0, maxLength: 2 }),
    gracePeriodDays: mostly(0, 1, 365, 366, MOST_U32),
    activationDelayBlocks: mostly(0, 10_000, 6_307_201, MOST_U32),
    targetVersion: mostly("1.0.0", "1.2.0", "65535.65535.65535", "65536.0.0", "x"),
    approval: mostly<bigint | null>(null, ...THRESHOLDS),
    quorum: mostly<bigint | null>(null, ...THRESHOLDS),
    isItsType: mostly(true, false),
    impact: I128,
    title: fc.oneof({ weight: 6, arbitrary: fc.constant("Fine") }, fc.string({ unit: "binary", maxLength: 40 })),
  })
  .map(
    ({
      gracePeriodDays,
      activationDelayBlocks,
      targetVersion,
      approval,
      quorum,
      isItsType,
      impact,
      title,
      ...rest
    }) => {
      const base = testDocument({ ...rest, title: title.toWellFormed() });
      return {
        ...base,
        nepType: (isItsType ? typeFor(base) : undefined) ?? base.nepType,
        codeChanges: impact === 0n ? [{ path: "a", change: "b" }] : [],
        evidence: [{ name: "report", digest: "00".repeat(32) as NepDocument["evidence"][number]["digest"] }],
        upgradePath: { ...base.upgradePath, gracePeriodDays, activationDelayBlocks, targetVersion },
        economicImpact: { ...base.economicImpact, netEarningsChangePercent: impact },
        approvalThreshold: approval ?? base.approvalThreshold,
        quorumThreshold: quorum ?? base.quorumThreshold,
      };
    },
  );

function typeFor({ parameterChanges }: NepDocument): NepDocument["nepType"] | undefined {
  const key = parameterChanges.map(({ module, parameter }) => `${module}.${parameter}`)[0];
  return key === undefined ? undefined : entryOf(key as ParamKey).types[0];
}

test("no document stops the chain", () => {
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(hostile, (document) => {
      const chain = new Parliament({ stakes: { ada: "900", bob: "100" } });
      const [receipt] = chain.block(chain.signed({ from: ada, body: { kind: "nepSubmit", document } }));
      const { outcome } = receipt!;
      const code = outcome.kind === "rejected" ? outcome.code : "accepted";
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      if (outcome.kind === "rejected") return;
      const nepId = nepIdOf(document, ada.account, chain.networkId);
      chain.openVoting(nepId);
      chain.acceptAll(
        [ada, bob].flatMap(
          (who) =>
            [
              [who, { kind: "nepReady", nepId }],
              [who, { kind: "nepVote", nepId, split: YES }],
            ] as const,
        ),
      );
      chain.close(nepId);
      const { stage } = chain.record(nepId);
      if (stage.kind === "passed" && stage.activateAt - chain.height < 500) chain.due(nepId);
      chain.block(chain.signed({ from: ada, body: { kind: "nepRollback", nepId } }));
      chain.block();
      expect(["approved", "scheduled", "active", "failed", "reverted"]).toContain(chain.status(nepId));
    }),
    propertySettings(2_027, 150),
  );
  expect(outcomes.get("accepted")).toBeGreaterThan(10);
  expect(outcomes.size).toBeGreaterThan(5);
});
