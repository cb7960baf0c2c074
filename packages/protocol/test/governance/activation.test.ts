/** Readiness, and why an approved proposal does not come into force: each reason is stored. spec/governance.md#G6 */
import { expect, test } from "vitest";
import { nepIdOf } from "../../src/nep/document.ts";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { PRESETS } from "../../src/params/presets.ts";
import { change, decimalValue, integerValue, lowerReward, switchOn, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { Parliament, YES } from "./parliament.ts";

const [ada, bob, cy] = [person("ada"), person("bob"), person("cy")];
const stakes = { ada: "500", bob: "500" };
const REWARD = "economics.constants.TRAINING_REWARD_PER_BATCH";

test("a feature is not switched on before nine tenths of the snapshot's power are ready: postponed once, then failed", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, switchOn("mtp"));
  chain.approve(nepId);
  const closedAt = chain.height - 1;
  chain.accept(ada, { kind: "nepReady", nepId });
  chain.advanceTo(closedAt + 28 - 1);
  expect(chain.status(nepId)).toBe("approved");
  chain.block();
  expect(chain.ownEvents()).toEqual([{ kind: "activationPostponed", nepId, activateAt: closedAt + 28 + 28 }]);
  expect(chain.status(nepId)).toBe("approved");
  chain.advanceTo(closedAt + 28 + 28 - 1);
  expect(chain.status(nepId)).toBe("approved");
  chain.block();
  expect(chain.status(nepId)).toBe("failed");
  expect(chain.reason(nepId)).toEqual({ code: "NOT_READY", detail: "500 of 1000 NEURO are ready" });
  expect(chain.param("protocol.features.feature_mtp")).toBe(false);
});

test("who gets ready while the activation is postponed lets it pass, at the later height", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, switchOn("mtp"));
  chain.approve(nepId);
  const closedAt = chain.height - 1;
  chain.advanceTo(closedAt + 40);
  chain.acceptAll([ada, bob].map((who) => [who, { kind: "nepReady", nepId }]));
  chain.advanceTo(closedAt + 56 - 1);
  expect(chain.status(nepId)).toBe("approved");
  chain.block();
  expect(chain.status(nepId)).toBe("active");
  expect(chain.param("protocol.features.feature_mtp")).toBe(true);
});

test.each([
  ["exactly nine tenths lock in", "900", "active"],
  ["one base unit less does not", "899.999999999999999999", "failed"],
])("%s", (_name, staked, outcome) => {
  const rest = staked === "900" ? "100" : "100.000000000000000001";
  const chain = new Parliament({ stakes: { ada: staked, bob: rest } });
  const nepId = chain.submit(ada, switchOn("mla"));
  chain.openVoting(nepId);
  chain.accept(ada, { kind: "nepReady", nepId });
  chain.approve(nepId);
  chain.due(nepId);
  chain.due(nepId);
  expect(chain.status(nepId)).toBe(outcome);
});

test("readiness is declared once an account, with the power of the snapshot, from the first vote until lock-in", () => {
  const chain = new Parliament({ stakes: { ...stakes, cy: "0" } });
  const nepId = chain.submit(ada, switchOn("mtp"));
  expect(chain.refuse(ada, { kind: "nepReady", nepId })).toMatchObject({ code: "NEP_STATUS", status: "review" });
  chain.openVoting(nepId);
  chain.accept(ada, { kind: "nepReady", nepId });
  expect(chain.refuse(ada, { kind: "nepReady", nepId })).toMatchObject({ code: "ALREADY_SIGNALLED" });
  chain.accept(cy, { kind: "stake", amount: 500n * ONE, lockDays: 30 });
  expect(chain.refuse(cy, { kind: "nepReady", nepId })).toMatchObject({ code: "NO_VOTING_POWER" });
  expect(chain.record(nepId).ready).toBe(500n * ONE);
  chain.accept(bob, { kind: "nepReady", nepId });
  chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(nepId);
  chain.due(nepId);
  expect(chain.refuse(cy, { kind: "nepReady", nepId })).toMatchObject({ code: "NEP_STATUS", status: "active" });
});

test("a delegate declares readiness for those who delegate to him, and they not for themselves", () => {
  const chain = new Parliament({ stakes: { ...stakes, cy: "200" }, delegations: { cy: "bob" } });
  const nepId = chain.submit(ada, switchOn("mtp"));
  chain.openVoting(nepId);
  expect(chain.refuse(cy, { kind: "nepReady", nepId })).toMatchObject({ code: "NO_VOTING_POWER" });
  chain.accept(bob, { kind: "nepReady", nepId });
  expect(chain.record(nepId).ready).toBe(700n * ONE);
});

test("a version above the network's needs readiness too, and a change of figures alone does not", () => {
  const chain = new Parliament({ stakes });
  const { upgradePath } = lowerReward();
  const newer = chain.submit(ada, lowerReward({ upgradePath: { ...upgradePath, targetVersion: "1.0.1" } }));
  const figures = chain.submit(
    ada,
    lowerReward({ title: "Figures", upgradePath: { ...upgradePath, targetVersion: "1.0.0" } }),
  );
  expect(chain.record(newer).needsNewSoftware).toBe(true);
  expect(chain.record(figures).needsNewSoftware).toBe(false);
});

test("of two proposals that change one parameter from the same value the first wins, and the other fails with PARAM_STALE", () => {
  const chain = new Parliament({ stakes });
  const first = chain.submit(ada, lowerReward());
  const parameterChanges = [change(REWARD, decimalValue("0.0005"), decimalValue("0.0004"))];
  const second = chain.submit(bob, testDocument({ title: "The other", parameterChanges }));
  chain.openVoting(second);
  for (const nepId of [first, second]) chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(second);
  expect([chain.status(first), chain.status(second)]).toEqual(["approved", "approved"]);
  chain.due(second);
  expect([chain.status(first), chain.status(second)]).toEqual(["active", "failed"]);
  expect(chain.reason(second)).toEqual({
    code: "PARAM_STALE",
    detail: `${REWARD} is 0.0003, the proposal starts from 0.0005`,
  });
  expect(chain.param(REWARD)).toBe(decimal("0.0003"));
});

test("with `requires` the second starts from what the first leaves, and activates when the cooldown between them is over", () => {
  const chain = new Parliament({ stakes });
  const base = lowerReward();
  const baseId = nepIdOf(base, ada.account, chain.networkId);
  const parameterChanges = [change(REWARD, decimalValue("0.0003"), decimalValue("0.0004"))];
  const next = testDocument({ title: "Then", parameterChanges, requires: [baseId] });
  const nextId = nepIdOf(next, bob.account, chain.networkId);
  chain.acceptAll([
    [ada, { kind: "nepSubmit", document: base }],
    [bob, { kind: "nepSubmit", document: next }],
  ]);
  chain.openVoting(nextId);
  for (const nepId of [baseId, nextId]) chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(nextId);
  chain.due(nextId);
  expect([chain.status(baseId), chain.status(nextId)]).toEqual(["active", "scheduled"]);
  expect(chain.param(REWARD)).toBe(decimal("0.0003"));
  const { stage } = chain.record(nextId);
  const cooledAt = chain.height + 7 * PRESETS.minimal.dayBlocks;
  expect(stage).toMatchObject({ kind: "passed", activateAt: cooledAt });
  chain.advanceTo(cooledAt - 1);
  expect(chain.param(REWARD)).toBe(decimal("0.0003"));
  chain.block();
  expect([chain.status(baseId), chain.status(nextId)]).toEqual(["active", "active"]);
  expect(chain.param(REWARD)).toBe(decimal("0.0004"));
});

test("the order in which a proposal names what it requires does not matter", () => {
  const chain = new Parliament({ stakes });
  const one = chain.submit(ada, lowerReward());
  const two = chain.submit(
    ada,
    testDocument({
      title: "2",
      parameterChanges: [change(REWARD, decimalValue("0.0003"), decimalValue("0.0004"))],
      requires: [one],
    }),
  );
  const parameterChanges = [change(REWARD, decimalValue("0.0004"), decimalValue("0.0005"))];
  for (const requires of [
    [one, two],
    [two, one],
  ]) {
    chain.submit(bob, testDocument({ title: `3 after ${requires[0]}`, parameterChanges, requires }));
  }
});

test("a proposal fails when what it requires was rejected", () => {
  const chain = new Parliament({ stakes });
  const required = chain.submit(ada, lowerReward());
  const nepId = chain.submit(bob, switchOffUptime([required]));
  chain.approve(nepId);
  expect(chain.status(required)).toBe("rejected");
  chain.due(nepId);
  expect(chain.status(nepId)).toBe("failed");
  expect(chain.reason(nepId)).toEqual({ code: "REQUIREMENT_NOT_ACTIVE", detail: required });
  expect(chain.param("economics.emission.UPTIME_REWARD_ENABLED")).toBe(true);
});

test("a proposal fails when what it wanted to supersede is no longer active", () => {
  const chain = new Parliament({ stakes });
  const old = chain.enact(ada, lowerReward());
  const first = chain.submit(ada, testDocument({ title: "First", supersedes: [old] }));
  const second = chain.submit(bob, { ...switchOffUptime([]), supersedes: [old] });
  chain.openVoting(second);
  for (const nepId of [first, second]) chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(second);
  chain.due(second);
  expect([chain.status(old), chain.status(first), chain.status(second)]).toEqual(["deprecated", "active", "failed"]);
  expect(chain.reason(second)).toEqual({ code: "SUPERSEDED_NOT_ACTIVE", detail: old });
  expect(chain.param("economics.emission.UPTIME_REWARD_ENABLED")).toBe(true);
});

test("two proposals that are each fine break an invariant together: the later one fails, with all its changes", () => {
  const chain = new Parliament({ stakes });
  // 1 minute at 0.001 NEURO is nothing to lose: p x slash must stay above (1 - p) x gain.
  const least = "economics.constants.MIN_STAKE_DURATION_DAYS";
  const most = "economics.constants.MAX_STAKE_DURATION_DAYS";
  const raise = testDocument({
    title: "Longer",
    parameterChanges: [change(least, integerValue(1), integerValue(200))],
  });
  const lower = testDocument({
    title: "Shorter",
    parameterChanges: [
      change(most, integerValue(365), integerValue(100)),
      change(REWARD, decimalValue("0.0005"), decimalValue("0.0004")),
    ],
  });
  const first = chain.submit(ada, raise);
  const second = chain.submit(bob, lower);
  chain.openVoting(second);
  for (const nepId of [first, second]) chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(second);
  chain.due(second);
  expect([chain.status(first), chain.status(second)]).toEqual(["active", "failed"]);
  expect(chain.reason(second).code).toBe("PARAM_INVARIANT");
  expect(chain.reason(second).detail).toContain("stakeDurationsOrdered");
  expect(chain.param(most)).toBe(365);
  expect(chain.param(REWARD)).toBe(decimal("0.0005"));
});

test("a long value in the reason of a failure is cut, and the chain goes on", () => {
  const chain = new Parliament({ stakes });
  const key = "model.llm.MTP_LOSS_WEIGHT";
  const schedule = (seed: bigint) => ({
    kind: "schedule" as const,
    points: Array.from({ length: 16 }, (_, at) => ({
      from: at === 0 ? 0n : BigInt(at) * (ONE / 16n) + seed,
      value: ONE / 3n + BigInt(at) * 7n + seed,
    })),
  });
  const flat = { kind: "schedule" as const, points: [{ from: 0n, value: 0n }] };
  const train = (title: string, seed: bigint) =>
    testDocument({ title, nepType: "train", parameterChanges: [change(key, flat, schedule(seed))] });
  const first = chain.submit(ada, train("One", 1n));
  const second = chain.submit(bob, train("Two", 2n));
  chain.openVoting(second);
  for (const nepId of [first, second]) chain.vote(nepId, { ada: YES, bob: YES });
  chain.close(second);
  chain.due(second);
  expect([chain.status(first), chain.status(second)]).toEqual(["active", "failed"]);
  expect(chain.reason(second).detail).toMatch(/^model\.llm\.MTP_LOSS_WEIGHT is 0:0\.3.*\.\.\.$/);
});

function switchOffUptime(requires: Parameters<typeof testDocument>[0]["requires"] & object) {
  const flag = (value: boolean) => ({ kind: "flag" as const, value });
  const parameterChanges = [change("economics.emission.UPTIME_REWARD_ENABLED", flag(true), flag(false))];
  return testDocument({ title: "No pay for time", parameterChanges, requires });
}
