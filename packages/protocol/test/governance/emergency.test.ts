/** The emergency track: at once, for a time, and for good only by an ordinary vote. spec/governance.md#G3, #G8 */
import { expect, test } from "vitest";
import { nepIdOf } from "../../src/nep/document.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { change, decimalValue, emergency, integerValue, lowerReward, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { CASH, NO, Parliament, VETO, YES } from "./parliament.ts";

const [ada, bob] = [person("ada"), person("bob")];
const KEY = "economics.constants.FEE_BURN_RATE";
const stakes = { ada: "750", bob: "250" };
const LIFETIME = 21 * 4;

test("with yes from three quarters of all power an emergency is in force in the next block", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, emergency());
  expect(chain.status(nepId)).toBe("voting");
  chain.vote(nepId, { ada: YES });
  expect(chain.record(nepId).votingEndsAt).toBe(chain.height);
  expect(chain.param(KEY)).toBe(decimal("0.05"));
  chain.block();
  expect(chain.status(nepId)).toBe("active");
  expect(chain.param(KEY)).toBe(decimal("0.025"));
  const statuses = chain.ownEvents().flatMap((event) => (event.kind === "nepStatus" ? [event.status] : []));
  expect(statuses).toEqual(["approved", "scheduled", "active"]);
  expect(chain.balance(ada)).toBe(CASH);
});

test("one base unit less than three quarters waits for the end of the day", () => {
  const chain = new Parliament({ stakes: { ada: "749.999999999999999999", bob: "250.000000000000000001" } });
  const nepId = chain.submit(ada, emergency());
  chain.vote(nepId, { ada: YES });
  chain.block();
  expect(chain.status(nepId)).toBe("voting");
  chain.close(nepId);
  expect(chain.height).toBe(chain.record(nepId).snapshotAt + 4 + 1);
  expect(chain.status(nepId)).toBe("active");
});

test("no early close before enough people have voted: the vote goes on and can still be won", () => {
  const chain = new Parliament({ stakes, params: { "governance.voting.MIN_VOTERS": 2 } });
  const nepId = chain.submit(ada, emergency());
  chain.vote(nepId, { ada: YES });
  chain.block();
  expect(chain.status(nepId)).toBe("voting");
  chain.vote(nepId, { bob: NO });
  chain.block();
  expect(chain.status(nepId)).toBe("active");
});

test("no early close where a veto would still turn it", () => {
  const chain = new Parliament({ stakes, params: { "governance.voting.VETO_THRESHOLD": decimal("0.25") } });
  const nepId = chain.submit(ada, emergency());
  chain.vote(nepId, { bob: VETO });
  chain.vote(nepId, { ada: YES });
  chain.block();
  expect(chain.status(nepId)).toBe("voting");
});

test("a delegator who overrides in the very block of the early close takes it back, and the vote goes on", () => {
  const chain = new Parliament({ stakes: { ada: "400", bob: "250", cy: "350" }, delegations: { cy: "ada" } });
  const nepId = chain.submit(ada, emergency());
  chain.vote(nepId, { ada: YES, cy: NO });
  expect(chain.record(nepId)).toMatchObject({ votingEndsAt: chain.record(nepId).snapshotAt + 4 });
  chain.vote(nepId, { bob: YES });
  chain.block();
  expect(chain.status(nepId)).toBe("voting");
});

test("only the listed parameters can be changed, and neither texts nor code alone", () => {
  const chain = new Parliament({ stakes });
  const reward = lowerReward({ nepType: "emergency" });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: reward })).toMatchObject({ code: "PARAM_WRONG_TRACK" });
  const nothing = emergency({ parameterChanges: [], codeChanges: [{ path: "a.ts", change: "b" }] });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: nothing })).toMatchObject({ code: "NEP_INVALID" });
});

test("unratified, it expires after its lifetime and the old value holds again from that block", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, emergency());
  chain.vote(nepId, { ada: YES });
  chain.block();
  const activeAt = chain.height;
  chain.advanceTo(activeAt + LIFETIME - 1);
  expect(chain.status(nepId)).toBe("active");
  expect(chain.param(KEY)).toBe(decimal("0.025"));
  chain.block();
  expect(chain.status(nepId)).toBe("expired");
  expect(chain.reason(nepId)).toEqual({ code: "NOT_RATIFIED", detail: "" });
  expect(chain.param(KEY)).toBe(decimal("0.05"));
  expect(chain.param(KEY, activeAt)).toBe(decimal("0.025"));
  expect(chain.state.cells.openNeps.open).toEqual([]);
  expect(chain.state.cells.activeNeps.ids).toEqual([]);
});

test("an ordinary proposal that ratifies it makes it permanent with its approval", () => {
  const chain = new Parliament({ stakes });
  const urgent = chain.submit(ada, emergency());
  chain.vote(urgent, { ada: YES });
  chain.block();
  const activeAt = chain.height;
  const ratifier = chain.submit(bob, testDocument({ title: "Keep it", ratifies: urgent }));
  chain.approve(ratifier);
  expect(chain.height).toBeLessThan(activeAt + LIFETIME);
  expect(chain.ownEvents()).toContainEqual(
    expect.objectContaining({ kind: "nepStatus", nepId: urgent, status: "active", detail: "ratified" }),
  );
  chain.advanceTo(activeAt + LIFETIME + 5);
  expect(chain.status(urgent)).toBe("active");
  expect(chain.param(KEY)).toBe(decimal("0.025"));
});

test("a rejected ratification leaves it to expire", () => {
  const chain = new Parliament({ stakes });
  const urgent = chain.submit(ada, emergency());
  chain.vote(urgent, { ada: YES });
  chain.block();
  const activeAt = chain.height;
  const ratifier = chain.submit(bob, testDocument({ title: "Keep it", ratifies: urgent }));
  chain.openVoting(ratifier);
  chain.vote(ratifier, { ada: NO, bob: YES });
  chain.advanceTo(activeAt + LIFETIME);
  expect(chain.status(ratifier)).toBe("rejected");
  expect(chain.status(urgent)).toBe("expired");
});

test("a ratification that comes after a rollback has nothing to ratify", () => {
  const chain = new Parliament({ stakes });
  const urgent = chain.submit(ada, emergency());
  chain.vote(urgent, { ada: YES });
  chain.block();
  const ratifier = chain.submit(bob, testDocument({ title: "Keep it", ratifies: urgent }));
  chain.accept(ada, { kind: "nepRollback", nepId: urgent });
  chain.approve(ratifier);
  expect(chain.status(urgent)).toBe("reverted");
  expect(chain.status(ratifier)).toBe("approved");
  expect(chain.ownEvents().filter((event) => "nepId" in event && event.nepId === urgent)).toEqual([]);
  expect(chain.param(KEY)).toBe(decimal("0.05"));
});

test("only an emergency change in force can be ratified, once, and not by another emergency", () => {
  const chain = new Parliament({ stakes });
  const ordinary = chain.enact(ada, lowerReward());
  const refused = { code: "NEP_INVALID", field: "ratifies" };
  const ratify = (ratifies: typeof ordinary, title = "Keep it") => testDocument({ title, ratifies });
  expect(chain.refuse(bob, { kind: "nepSubmit", document: ratify(ordinary) })).toMatchObject(refused);
  const urgent = chain.submit(ada, emergency());
  expect(chain.refuse(bob, { kind: "nepSubmit", document: ratify(urgent) })).toMatchObject(refused);
  chain.vote(urgent, { ada: YES });
  chain.block();
  const key = "economics.fees.MAX_MEMO_BYTES";
  const parameterChanges = [change(key, integerValue(256), integerValue(128))];
  const document = emergency({ title: "Second", parameterChanges, ratifies: urgent });
  expect(chain.refuse(bob, { kind: "nepSubmit", document })).toMatchObject(refused);
  const ratifier = chain.submit(bob, ratify(urgent));
  chain.approve(ratifier);
  expect(chain.refuse(ada, { kind: "nepSubmit", document: ratify(urgent, "Again") })).toMatchObject(refused);
});

test("no second emergency can keep a first one for good: neither by superseding it nor by building on its value", () => {
  const chain = new Parliament({ stakes });
  const urgent = chain.submit(ada, emergency());
  chain.vote(urgent, { ada: YES });
  chain.block();
  const memo = [change("economics.fees.MAX_MEMO_BYTES", integerValue(256), integerValue(128))];
  const superseding = emergency({ title: "Instead", parameterChanges: memo, supersedes: [urgent] });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: superseding })).toMatchObject({
    code: "NEP_INVALID",
    field: "supersedes",
  });
  chain.advanceTo(chain.height + 7 * 4);
  const stacked = emergency({
    title: "On top",
    parameterChanges: [change(KEY, decimalValue("0.025"), decimalValue("0.03"))],
  });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: stacked })).toMatchObject({
    code: "NEP_INVALID",
    field: "parameterChanges",
  });
});

test("an emergency that requires another and changes its value fails when it is due", () => {
  const chain = new Parliament({ stakes });
  const first = emergency();
  const firstId = nepIdOf(first, ada.account, chain.networkId);
  const parameterChanges = [change(KEY, decimalValue("0.025"), decimalValue("0.03"))];
  const second = emergency({ title: "On top", parameterChanges, requires: [firstId] });
  const secondId = nepIdOf(second, bob.account, chain.networkId);
  chain.acceptAll([
    [ada, { kind: "nepSubmit", document: first }],
    [bob, { kind: "nepSubmit", document: second }],
  ]);
  for (const nepId of [firstId, secondId]) chain.vote(nepId, { ada: YES });
  chain.block();
  expect([chain.status(firstId), chain.status(secondId)]).toEqual(["active", "failed"]);
  expect(chain.reason(secondId).code).toBe("EMERGENCY_UNRATIFIED");
});

test("what was changed in an ordinary way since stays when the emergency ends", () => {
  const chain = new Parliament({ stakes, params: { "governance.voting.EMERGENCY_LIFETIME": 120 } });
  const urgent = chain.submit(ada, emergency());
  chain.vote(urgent, { ada: YES });
  chain.advanceTo(chain.height + 7 * 4);
  const parameterChanges = [change(KEY, decimalValue("0.025"), decimalValue("0.03"))];
  chain.enact(bob, testDocument({ title: "Better", parameterChanges }));
  expect(chain.status(urgent)).toBe("active");
  chain.advanceTo(chain.height + 30);
  expect(chain.status(urgent)).toBe("expired");
  expect(chain.reason(urgent).detail).toBe(`left as it is: ${KEY}`);
  expect(chain.param(KEY)).toBe(decimal("0.03"));
});
