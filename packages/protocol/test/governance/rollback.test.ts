/** Taking a change back within its window. spec/governance.md#G8 */
import { expect, test } from "vitest";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { change, decimalValue, flagValue, integerValue, lowerReward, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { Parliament, YES } from "./parliament.ts";

const [ada, bob, cy] = [person("ada"), person("bob"), person("cy")];
const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";

test("two thirds of the snapshot's power, exactly, roll back: the old value holds from the next block on", () => {
  const chain = new Parliament({ stakes: { ada: "200", bob: "100" } });
  const nepId = chain.enact(ada, lowerReward());
  const activeAt = chain.height;
  chain.accept(ada, { kind: "nepRollback", nepId });
  expect(chain.status(nepId)).toBe("active");
  expect(chain.param(REWARD)).toBe(decimal("0.0003"));
  chain.block();
  expect(chain.status(nepId)).toBe("reverted");
  expect(chain.reason(nepId)).toEqual({ code: "ROLLED_BACK", detail: "" });
  expect(chain.param(REWARD)).toBe(decimal("0.0005"));
  expect(chain.param(REWARD, activeAt)).toBe(decimal("0.0003"));
  expect(chain.ownEvents()).toContainEqual({
    kind: "parameterChanged",
    key: REWARD,
    from: "0.0003",
    to: "0.0005",
    nepId,
  });
  expect(chain.state.cells.activeNeps.ids).toEqual([]);
  expect(chain.state.cells.openNeps.open).toEqual([]);
});

test("one base unit less than two thirds does not", () => {
  const chain = new Parliament({ stakes: { ada: "199.999999999999999999", bob: "100.000000000000000001" } });
  const nepId = chain.enact(ada, lowerReward());
  chain.accept(ada, { kind: "nepRollback", nepId });
  chain.block();
  expect(chain.status(nepId)).toBe("active");
  chain.accept(bob, { kind: "nepRollback", nepId });
  chain.block();
  expect(chain.status(nepId)).toBe("reverted");
});

test("a rollback counts each account once, with the snapshot's power, and a delegate speaks for his delegators", () => {
  const stakes = { ada: "300", bob: "100", cy: "300", dee: "0" };
  const chain = new Parliament({ stakes, delegations: { cy: "bob" } });
  const nepId = chain.enact(ada, lowerReward());
  chain.accept(bob, { kind: "nepRollback", nepId });
  expect(chain.record(nepId).rollback).toBe(400n * ONE);
  expect(chain.refuse(bob, { kind: "nepRollback", nepId })).toMatchObject({ code: "ALREADY_SIGNALLED" });
  expect(chain.refuse(cy, { kind: "nepRollback", nepId })).toMatchObject({ code: "NO_VOTING_POWER" });
  chain.accept(person("dee"), { kind: "stake", amount: decimal("900"), lockDays: 30 });
  expect(chain.refuse(person("dee"), { kind: "nepRollback", nepId })).toMatchObject({ code: "NO_VOTING_POWER" });
});

test("before activation there is nothing to roll back", () => {
  const chain = new Parliament({ stakes: { ada: "200", bob: "100" } });
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.refuse(ada, { kind: "nepRollback", nepId })).toMatchObject({ code: "NEP_STATUS", status: "review" });
  chain.approve(nepId);
  expect(chain.refuse(ada, { kind: "nepRollback", nepId })).toMatchObject({ code: "NEP_STATUS", status: "approved" });
});

test("what another proposal has changed since cannot be rolled back", () => {
  const chain = new Parliament({
    stakes: { ada: "200", bob: "100" },
    params: { "governance.voting.ROLLBACK_WINDOW": 200 },
  });
  const nepId = chain.enact(ada, lowerReward());
  chain.advanceTo(chain.height + 28);
  chain.enact(
    bob,
    testDocument({
      title: "Later",
      parameterChanges: [change(REWARD, decimalValue("0.0003"), decimalValue("0.0004"))],
    }),
  );
  expect(chain.refuse(ada, { kind: "nepRollback", nepId })).toMatchObject({
    code: "PARAM_STALE",
    key: REWARD,
    current: "0.0004",
    given: "0.0003",
  });
});

test("a rollback that would break an invariant restores nothing, and says what stayed", () => {
  const chain = new Parliament({
    stakes: { ada: "200", bob: "100" },
    params: { "economics.constants.MAX_STAKE_DURATION_DAYS": 100, "governance.voting.ROLLBACK_WINDOW": 200 },
  });
  const least = "economics.constants.MIN_STAKE_DURATION_DAYS";
  const most = "economics.constants.MAX_STAKE_DURATION_DAYS";
  const longer = testDocument({
    title: "Longer",
    parameterChanges: [change(most, integerValue(100), integerValue(365))],
  });
  const nepId = chain.enact(ada, longer);
  chain.enact(
    bob,
    testDocument({ title: "And longer", parameterChanges: [change(least, integerValue(1), integerValue(200))] }),
  );
  chain.accept(ada, { kind: "nepRollback", nepId });
  chain.block();
  expect(chain.status(nepId)).toBe("reverted");
  expect(chain.reason(nepId).detail).toBe(`left as it is: ${most}`);
  expect(chain.param(most)).toBe(365);
});

test("a feature that was switched on goes off again, and the version stays", () => {
  const chain = new Parliament({ stakes: { ada: "200", bob: "100" } });
  const { upgradePath } = lowerReward();
  const key = "protocol.features.feature_mtp";
  const nepId = chain.submit(
    ada,
    testDocument({
      title: "On",
      parameterChanges: [change(key, flagValue(false), flagValue(true))],
      upgradePath: { ...upgradePath, targetVersion: "1.1.0" },
    }),
  );
  chain.openVoting(nepId);
  chain.acceptAll([ada, bob].map((who) => [who, { kind: "nepReady", nepId }]));
  chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(nepId);
  chain.due(nepId);
  expect(chain.param(key)).toBe(true);
  chain.accept(ada, { kind: "nepRollback", nepId });
  chain.block();
  expect(chain.param(key)).toBe(false);
  expect(chain.state.cells.version).toEqual({ major: 1, minor: 1, patch: 0 });
});

test("a reverted change waits for its cooldown before it can be proposed again", () => {
  const chain = new Parliament({ stakes: { ada: "200", bob: "100" } });
  const nepId = chain.enact(ada, lowerReward());
  chain.accept(ada, { kind: "nepRollback", nepId });
  chain.block();
  const document = lowerReward({ title: "Again" });
  const until = chain.height + 7 * 4;
  expect(chain.refuse(ada, { kind: "nepSubmit", document })).toMatchObject({
    code: "PARAM_COOLDOWN",
    until: String(until),
  });
  chain.advanceTo(until - 1);
  chain.submit(ada, document);
});

test.each([
  ["the last block of the window", 0, undefined],
  ["the block after it", 1, "ROLLBACK_CLOSED"],
])("a rollback in %s", (_name, after, code) => {
  const chain = new Parliament({ stakes: { ada: "200", bob: "100" } });
  const nepId = chain.enact(ada, lowerReward());
  chain.advanceTo(chain.height + chain.record(nepId).rules.rollbackWindowBlocks - 1 + after);
  if (code !== undefined) {
    expect(chain.refuse(ada, { kind: "nepRollback", nepId })).toMatchObject({ code });
    return;
  }
  chain.accept(ada, { kind: "nepRollback", nepId });
  chain.block();
  expect(chain.status(nepId)).toBe("reverted");
});
