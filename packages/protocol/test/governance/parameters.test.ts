/** Changes of parameters: what may change, how far, from what, and what holds at which height. spec/governance.md#G5 */
import { expect, test } from "vitest";
import type { NepDocument } from "../../src/nep/document.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import type { ParamOverrides } from "../../src/params/genesisValues.ts";
import type { ParamKey } from "../../src/params/registry.ts";
import {
  change,
  decimalValue,
  emergency,
  flagValue,
  integerValue,
  lowerReward,
  testDocument,
} from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { Parliament, YES } from "./parliament.ts";

const [ada, bob] = [person("ada"), person("bob")];
const stakes = { ada: "500", bob: "500" };
const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";
const UPTIME = "economics.constants.UPTIME_REWARD_PER_MINUTE";

type Changes = NepDocument["parameterChanges"];

function refusal(parameterChanges: Changes, given: Partial<NepDocument> = {}, params: ParamOverrides = {}) {
  const chain = new Parliament({ stakes, params });
  return chain.refuse(ada, { kind: "nepSubmit", document: testDocument({ parameterChanges, ...given }) });
}

test("a change holds from its height on, the old value at every height before, for proofs that come late too", () => {
  const chain = new Parliament({ stakes });
  chain.enact(ada, lowerReward());
  const activeAt = chain.height;
  chain.advanceTo(activeAt + 50);
  expect([0, 1, activeAt - 1].map((height) => chain.param(REWARD, height))).toEqual(Array(3).fill(decimal("0.0005")));
  expect([activeAt, activeAt + 1, activeAt + 50].map((height) => chain.param(REWARD, height))).toEqual(
    Array(3).fill(decimal("0.0003")),
  );
});

test("the block of the activation itself already works by the new value", () => {
  const chain = new Parliament({ stakes });
  const key = "economics.constants.FEE_BURN_RATE";
  const nepId = chain.submit(
    ada,
    testDocument({ parameterChanges: [change(key, decimalValue("0.05"), decimalValue("0.03"))] }),
  );
  chain.approve(nepId);
  const { stage } = chain.record(nepId);
  if (stage.kind !== "passed") throw new Error(stage.kind);
  const pay = { kind: "transfer", recipient: bob.account, amount: decimal("100"), memo: "" } as const;
  chain.advanceTo(stage.activateAt - 2);
  const burned = () => chain.state.cells.supply.burned;
  let before = burned();
  chain.accept(ada, pay);
  expect(burned() - before).toBe(decimal("5"));
  before = burned();
  chain.accept(ada, pay);
  expect(chain.height).toBe(stage.activateAt);
  expect(burned() - before).toBe(decimal("3"));
});

test("several changes come into force together", () => {
  const chain = new Parliament({ stakes });
  const shares = ["DRIVER", "WORKER", "VALIDATOR"].map((name, index) =>
    change(
      `economics.constants.${name}_SHARE`,
      decimalValue(["0.15", "0.7", "0.15"][index]!),
      decimalValue(["0.2", "0.6", "0.2"][index]!),
    ),
  );
  const nepId = chain.enact(ada, testDocument({ parameterChanges: shares }));
  const keys = ["DRIVER", "WORKER", "VALIDATOR"].map((name) => `economics.constants.${name}_SHARE` as ParamKey);
  expect(keys.map((key) => chain.entry("params", key)!.at(-1))).toEqual(
    ["0.2", "0.6", "0.2"].map((value) => ({ height: chain.height, value: decimalValue(value), nepId })),
  );
});

test("the old value must be what holds", () => {
  expect(refusal([change(REWARD, decimalValue("0.0004"), decimalValue("0.0003"))])).toEqual({
    code: "PARAM_STALE",
    key: REWARD,
    current: "0.0005",
    given: "0.0004",
  });
});

test("an integer does for a decimal, on both sides", () => {
  const chain = new Parliament({ stakes });
  const key = "economics.constants.SLASH_AMOUNT";
  chain.submit(ada, testDocument({ parameterChanges: [change(key, integerValue(10), integerValue(11))] }));
});

const KEPT = decimalValue("0.0005");
test.each<[string, Record<string, string>, Changes, Partial<NepDocument>?]>([
  [
    "an unknown parameter",
    { code: "PARAM_UNKNOWN", key: "economics.constants.NONE" },
    [change("economics.constants.NONE", KEPT, KEPT)],
  ],
  ["a name of JavaScript", { code: "PARAM_UNKNOWN" }, [{ ...change(REWARD, KEPT, KEPT), module: "constructor" }]],
  ["no change", { code: "PARAM_UNCHANGED", key: REWARD }, [change(REWARD, KEPT, KEPT)]],
  ["no value", { code: "PARAM_WRONG_TYPE", actual: "none" }, [change(REWARD, KEPT, { kind: "none" })]],
  ["no old value", { code: "PARAM_WRONG_TYPE", actual: "none" }, [change(REWARD, { kind: "none" }, KEPT)]],
  ["JSON", { code: "PARAM_WRONG_TYPE", actual: "json" }, [change(REWARD, KEPT, { kind: "json", source: "{}" })]],
  ["a flag for a number", { code: "PARAM_WRONG_TYPE", expected: "decimal" }, [change(REWARD, KEPT, flagValue(true))]],
  ["more than the range", { code: "PARAM_OUT_OF_RANGE", most: "1" }, [change(REWARD, KEPT, decimalValue("1.1"))]],
  ["less than the range", { code: "PARAM_OUT_OF_RANGE", least: "0" }, [change(REWARD, KEPT, decimalValue("-0.1"))]],
  [
    "too large a step",
    { code: "PARAM_STEP_TOO_LARGE", largestStep: "0.00025" },
    [change(REWARD, KEPT, decimalValue("0.000751"))],
  ],
  [
    "a word that nobody knows",
    { code: "PARAM_UNKNOWN_WORD" },
    [change("training.diloco.AGGREGATOR", { kind: "word", value: "trimmed-mean" }, { kind: "word", value: "median" })],
    { nepType: "train" },
  ],
  [
    "a schedule that does not start at 0",
    { code: "PARAM_BAD_SCHEDULE" },
    [change("model.llm.MTP_LOSS_WEIGHT", decimalValue("0"), { kind: "schedule", points: [{ from: 1n, value: 0n }] })],
    { nepType: "train" },
  ],
  [
    "twice the same",
    { code: "PARAM_REPEATED", key: REWARD },
    [change(REWARD, KEPT, decimalValue("0.0004")), change(REWARD, KEPT, decimalValue("0.0003"))],
  ],
  [
    "a track that is not its own",
    { code: "PARAM_WRONG_TRACK", nepType: "train", allowed: "econ" },
    [change(REWARD, KEPT, decimalValue("0.0004"))],
    { nepType: "train" },
  ],
  [
    "what no vote can change",
    { code: "PARAM_IMMUTABLE" },
    [change("protocol.time.DAY_BLOCKS", integerValue(4), integerValue(5))],
    { nepType: "gov" },
  ],
  [
    "pay for votes",
    { code: "PARAM_IMMUTABLE" },
    [change("governance.registry.VOTER_REWARD_RATE", decimalValue("0"), decimalValue("0.0001"))],
    { nepType: "gov" },
  ],
  [
    "what breaks an invariant",
    { code: "PARAM_INVARIANT", invariant: "sharesSumToOne" },
    [change("economics.constants.DRIVER_SHARE", decimalValue("0.15"), decimalValue("0.2"))],
  ],
])("a change is refused: %s", (_name, expected, changes, given) => {
  expect(refusal(changes, given)).toMatchObject(expected);
});

test("the hard caps hold for gov too: no vote takes more than a tenth of a transfer", () => {
  const fee = change("economics.constants.FEE_BURN_RATE", decimalValue("0.1"), decimalValue("0.100000000000000001"));
  const params = { "economics.constants.FEE_BURN_RATE": decimal("0.1") };
  expect(refusal([fee], {}, params)).toMatchObject({ code: "PARAM_OUT_OF_RANGE", most: "0.1" });
});

test("rules of voting are changed by proposals of type gov alone", () => {
  const quorum = [change("governance.tracks.STANDARD_QUORUM", decimalValue("0.2"), decimalValue("0.1"))];
  for (const nepType of ["econ", "train", "net", "emergency"] as const) {
    expect(refusal(quorum, { nepType })).toMatchObject({ code: "PARAM_WRONG_TRACK", allowed: "gov" });
  }
  new Parliament({ stakes }).submit(ada, testDocument({ nepType: "gov", parameterChanges: quorum }));
});

test("a parameter that was changed waits for its cooldown; those of the genesis do not", () => {
  const chain = new Parliament({ stakes });
  chain.enact(ada, lowerReward());
  const until = chain.height + 7 * 4;
  const parameterChanges = [change(REWARD, decimalValue("0.0003"), decimalValue("0.0004"))];
  const document = testDocument({ title: "Back", parameterChanges });
  chain.advanceTo(until - 2);
  expect(chain.refuse(ada, { kind: "nepSubmit", document })).toEqual({
    code: "PARAM_COOLDOWN",
    key: REWARD,
    until: String(until),
  });
  chain.submit(ada, document);
});

test("two that change different parameters do not disturb each other", () => {
  const chain = new Parliament({ stakes });
  const first = chain.submit(ada, lowerReward());
  const second = chain.submit(
    bob,
    testDocument({
      title: "Uptime",
      parameterChanges: [change(UPTIME, decimalValue("0.0001"), decimalValue("0.00008"))],
    }),
  );
  chain.openVoting(second);
  for (const nepId of [first, second]) chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(second);
  chain.due(second);
  expect([chain.status(first), chain.status(second)]).toEqual(["active", "active"]);
});

test("what a proposal will find, with those it requires, must keep the invariants", () => {
  const chain = new Parliament({ stakes });
  const least = change("economics.constants.MIN_STAKE_DURATION_DAYS", integerValue(1), integerValue(200));
  const most = [change("economics.constants.MAX_STAKE_DURATION_DAYS", integerValue(365), integerValue(100))];
  const first = chain.submit(ada, testDocument({ title: "Least", parameterChanges: [least] }));
  chain.submit(bob, testDocument({ title: "Most", parameterChanges: most }));
  const after = testDocument({ title: "Most, after", parameterChanges: most, requires: [first] });
  expect(chain.refuse(bob, { kind: "nepSubmit", document: after })).toMatchObject({
    code: "PARAM_INVARIANT",
    invariant: "stakeDurationsOrdered",
  });
});

test("a change of several is refused whole when one of them is wrong", () => {
  const changes = [
    change(REWARD, KEPT, decimalValue("0.0004")),
    change(UPTIME, decimalValue("0.5"), decimalValue("0.4")),
  ];
  expect(refusal(changes)).toMatchObject({ code: "PARAM_STALE", key: UPTIME });
});

test("an emergency in force makes an ordinary proposal that starts from the old value stale", () => {
  const chain = new Parliament({ stakes: { ada: "900", bob: "100" } });
  const key = "economics.constants.FEE_BURN_RATE";
  const slow = chain.submit(
    bob,
    testDocument({ title: "Slow", parameterChanges: [change(key, decimalValue("0.05"), decimalValue("0.03"))] }),
  );
  chain.openVoting(slow);
  chain.vote(slow, { ada: YES });
  chain.close(slow);
  const urgent = chain.submit(ada, emergency());
  chain.vote(urgent, { ada: YES });
  chain.due(slow);
  expect(chain.status(urgent)).toBe("active");
  expect(chain.reason(slow).code).toBe("PARAM_STALE");
});
