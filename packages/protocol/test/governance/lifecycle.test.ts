/** The statuses of a proposal, and that each follows from heights, stake and ballots alone. spec/governance.md#G2 */
import { expect, test } from "vitest";
import { nepIdOf } from "../../src/nep/document.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { change, decimalValue, lowerReward, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { ABSTAIN, CASH, NO, Parliament, splitOf, VETO, YES } from "./parliament.ts";

const [ada, bob] = [person("ada"), person("bob")];
const stakes = { ada: "500", bob: "500" };

test("review lasts to the block before the snapshot, voting to the close, the timelock to lock-in, then it is scheduled and active", () => {
  const chain = new Parliament({ stakes });
  const base = lowerReward();
  const document = lowerReward({ upgradePath: { ...base.upgradePath, activationDelayBlocks: 40 } });
  const nepId = chain.submit(ada, document);
  const seen = new Map<string, number>();
  chain.openVoting(nepId);
  chain.vote(nepId, { ada: YES, bob: YES });
  const { submittedAt } = chain.record(nepId);
  while (chain.status(nepId) !== "active") {
    seen.set(chain.status(nepId), chain.height - submittedAt);
    chain.block();
  }
  // Minimal preset: a day is 4 blocks; 7 days each of review, voting and timelock; 40 blocks of delay from the close.
  expect(Object.fromEntries(seen)).toEqual({ voting: 56, approved: 28 + 28 + 28 - 1, scheduled: 28 + 28 + 40 - 1 });
  expect(chain.height - submittedAt).toBe(28 + 28 + 40);
  expect(chain.state.cells.activeNeps.ids).toEqual([nepId]);
});

test("in review the author withdraws and gets the fee back", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.advanceTo(chain.record(nepId).snapshotAt - 1);
  expect(chain.balance(ada)).toBe(CASH - decimal("10"));
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  expect(chain.status(nepId)).toBe("withdrawn");
  expect(chain.reason(nepId).code).toBe("WITHDRAWN_IN_REVIEW");
  expect(chain.balance(ada)).toBe(CASH);
  expect(chain.entry("stakes", ada.account)!.deposits).toBe(0n);
  expect(chain.state.cells.openNeps.open).toEqual([]);
});

test("once votes are taken a withdrawal burns the fee", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  const { burned } = chain.state.cells.supply;
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  expect(chain.status(nepId)).toBe("withdrawn");
  expect(chain.reason(nepId).code).toBe("WITHDRAWN_IN_VOTING");
  expect(chain.balance(ada)).toBe(CASH - decimal("10"));
  expect(chain.state.cells.supply.burned).toBe(burned + decimal("10"));
  expect(chain.entry("stakes", ada.account)!.deposits).toBe(0n);
  expect(chain.refuse(bob, { kind: "nepVote", nepId, split: YES })).toMatchObject({ code: "VOTE_CLOSED" });
});

test("nobody withdraws to escape a veto or to try the same again", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, { bob: VETO });
  const staked = () => chain.entry("stakes", ada.account)!.lots.reduce((sum, { amount }) => sum + amount, 0n);
  const before = staked();
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  expect(staked()).toBe(before - decimal("100"));
  const again = lowerReward({ title: "Once more" });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: again })).toMatchObject({ code: "NEP_COOLDOWN" });
});

test("a withdrawn proposal cannot be withdrawn again, and nobody withdraws another's", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.refuse(bob, { kind: "nepWithdraw", nepId })).toMatchObject({ code: "NEP_NOT_YOURS" });
  chain.accept(ada, { kind: "nepWithdraw", nepId });
  expect(chain.refuse(ada, { kind: "nepWithdraw", nepId })).toMatchObject({ code: "NEP_STATUS", status: "withdrawn" });
});

test("an edit gives the text a new id under the same label, keeps fee and deposit, and starts review anew", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.advanceTo(chain.height + 10);
  const document = lowerReward({ title: "A better change" });
  chain.accept(ada, { kind: "nepEdit", nepId, document });
  const edited = nepIdOf(document, ada.account, chain.networkId);
  expect(chain.status(nepId)).toBe("withdrawn");
  expect(chain.reason(nepId)).toEqual({ code: "REPLACED", detail: edited });
  expect(chain.record(edited)).toMatchObject({ label: 1, submittedAt: chain.height, snapshotAt: chain.height + 28 });
  expect(chain.entry("nepLabels", "1")).toEqual({ nepId: edited });
  expect(chain.entry("nepDocuments", nepId)).toBeDefined();
  expect(chain.balance(ada)).toBe(CASH - decimal("10"));
  expect(chain.entry("stakes", ada.account)!.deposits).toBe(decimal("100"));
  expect(chain.entry("escrows", nepId)).toBeUndefined();
  expect(chain.entry("escrows", edited)).toMatchObject({ amount: decimal("10") });
  expect(chain.state.cells.openNeps.open.map((each) => each.nepId)).toEqual([edited]);
});

test("an edit is refused to others, to the same text, to an earlier text, and once votes are taken", () => {
  const chain = new Parliament({ stakes });
  const first = lowerReward();
  const nepId = chain.submit(ada, first);
  const second = lowerReward({ title: "Another title" });
  expect(chain.refuse(bob, { kind: "nepEdit", nepId, document: second })).toMatchObject({ code: "NEP_NOT_YOURS" });
  expect(chain.refuse(ada, { kind: "nepEdit", nepId, document: first })).toMatchObject({ code: "NEP_KNOWN" });
  chain.accept(ada, { kind: "nepEdit", nepId, document: second });
  const edited = nepIdOf(second, ada.account, chain.networkId);
  expect(chain.refuse(ada, { kind: "nepEdit", nepId: edited, document: first })).toMatchObject({ code: "NEP_KNOWN" });
  expect(chain.refuse(ada, { kind: "nepEdit", nepId, document: lowerReward({ title: "x" }) })).toMatchObject({
    code: "NEP_STATUS",
    status: "withdrawn",
  });
  chain.openVoting(edited);
  const late = lowerReward({ title: "Too late" });
  expect(chain.refuse(ada, { kind: "nepEdit", nepId: edited, document: late })).toMatchObject({
    code: "NEP_STATUS",
    status: "voting",
    needed: "review",
  });
});

test("an edit must pass the same checks as a submission", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  expect(chain.refuse(ada, { kind: "nepEdit", nepId, document: lowerReward({ title: " " }) })).toMatchObject({
    code: "NEP_INVALID",
    field: "title",
  });
  expect(chain.status(nepId)).toBe("review");
});

test.each([
  ["NO_QUORUM", "too few vote", { ada: YES }, { ada: "199", bob: "801" }],
  ["REJECTED", "too few say yes", { ada: YES, bob: NO }, { ada: "659", bob: "341" }],
  ["REJECTED", "nobody says yes", { ada: ABSTAIN }, stakes],
  ["VETOED", "a third vetoes", { ada: YES, bob: VETO }, { ada: "600", bob: "300" }],
])("a proposal is rejected with %s when %s", (code, _reason, ballots, staked) => {
  const chain = new Parliament({ stakes: staked });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, ballots);
  chain.advanceTo(chain.record(nepId).votingEndsAt);
  expect(chain.status(nepId)).toBe("voting");
  chain.block();
  expect(chain.status(nepId)).toBe("rejected");
  expect(chain.reason(nepId).code).toBe(code);
});

test("a vote without any ballot is rejected for want of a quorum", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.close(nepId);
  expect(chain.reason(nepId)).toEqual({ code: "NO_QUORUM", detail: "0 of 1000 NEURO voted" });
});

test("a proposal that supersedes an active one deprecates it, and its values stay until changed", () => {
  const chain = new Parliament({ stakes });
  const first = chain.enact(ada, lowerReward());
  const document = testDocument({ title: "Instead", supersedes: [first], specification: "Another." });
  const second = chain.enact(bob, document);
  expect(chain.status(first)).toBe("deprecated");
  expect(chain.reason(first)).toEqual({ code: "SUPERSEDED", detail: second });
  expect(chain.state.cells.activeNeps.ids).toEqual([second]);
  expect(chain.param("economics.constants.TRAINING_REWARD_PER_BATCH")).toBe(decimal("0.0003"));
  expect(chain.refuse(ada, { kind: "nepRollback", nepId: first })).toMatchObject({
    code: "NEP_STATUS",
    status: "deprecated",
  });
});

test("an active proposal is final once its rollback window is over, and leaves the list of open ones", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.enact(ada, lowerReward());
  const { rollbackWindowBlocks } = chain.record(nepId).rules;
  const activatedAt = chain.height;
  chain.advanceTo(activatedAt + rollbackWindowBlocks);
  expect(chain.state.cells.openNeps.open).toHaveLength(1);
  chain.block();
  expect(chain.state.cells.openNeps.open).toEqual([]);
  expect(chain.status(nepId)).toBe("active");
  expect(chain.refuse(bob, { kind: "nepRollback", nepId })).toMatchObject({
    code: "ROLLBACK_CLOSED",
    until: String(activatedAt + 56),
  });
});

test("comments are taken from anybody in review and voting, and not after", () => {
  const chain = new Parliament({ stakes: { ...stakes, eve: "0" } });
  const nepId = chain.submit(ada, lowerReward());
  const comment = nepId;
  chain.accept(person("eve"), { kind: "nepComment", nepId, comment });
  chain.openVoting(nepId);
  chain.accept(bob, { kind: "nepComment", nepId, comment });
  chain.close(nepId);
  expect(chain.refuse(bob, { kind: "nepComment", nepId, comment })).toMatchObject({
    code: "NEP_STATUS",
    status: "rejected",
  });
});

test("every transaction about a proposal that is not there is refused", () => {
  const chain = new Parliament({ stakes });
  const nepId = nepIdOf(lowerReward(), ada.account, chain.networkId);
  const unknown = { code: "NEP_UNKNOWN", nepId };
  expect(chain.refuse(ada, { kind: "nepVote", nepId, split: YES })).toMatchObject(unknown);
  expect(chain.refuse(ada, { kind: "nepWithdraw", nepId })).toMatchObject(unknown);
  expect(chain.refuse(ada, { kind: "nepEdit", nepId, document: lowerReward() })).toMatchObject(unknown);
  expect(chain.refuse(ada, { kind: "nepReady", nepId })).toMatchObject(unknown);
  expect(chain.refuse(ada, { kind: "nepRollback", nepId })).toMatchObject(unknown);
  expect(chain.refuse(ada, { kind: "nepComment", nepId, comment: nepId })).toMatchObject(unknown);
  expect(chain.refuse(ada, { kind: "nepSubmit", document: lowerReward({ requires: [nepId] }) })).toMatchObject(unknown);
});

test("what an ended proposal was asked to do, it does not do: no transaction revives it", () => {
  const chain = new Parliament({ stakes });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  chain.vote(nepId, { ada: NO, bob: splitOf({ no: 5000, abstain: 5000 }) });
  chain.close(nepId);
  expect(chain.status(nepId)).toBe("rejected");
  const ended = chain.record(nepId);
  expect(chain.refuse(ada, { kind: "nepVote", nepId, split: YES }).code).toBe("VOTE_CLOSED");
  for (const kind of ["nepWithdraw", "nepReady", "nepRollback"] as const) {
    expect(chain.refuse(ada, { kind, nepId })).toMatchObject({ code: "NEP_STATUS", status: "rejected" });
  }
  const document = lowerReward({ title: "Revived" });
  expect(chain.refuse(ada, { kind: "nepEdit", nepId, document }).code).toBe("NEP_STATUS");
  chain.advanceTo(chain.height + 100);
  expect(chain.record(nepId)).toEqual(ended);
});

test("an edit that is due together with what it requires still comes after it", () => {
  const chain = new Parliament({ stakes });
  const key = "economics.constants.UPTIME_REWARD_PER_MINUTE";
  const first = testDocument({ parameterChanges: [change(key, decimalValue("0.0001"), decimalValue("0.00012"))] });
  const draftId = chain.submit(ada, first);
  const required = chain.record(draftId).submittedAt;
  // Both texts enter one block: the edited one holds the lower label and the later place.
  const base = lowerReward();
  const baseId = nepIdOf(base, bob.account, chain.networkId);
  const edited = { ...first, title: "Now after the other", requires: [baseId] };
  chain.acceptAll([
    [bob, { kind: "nepSubmit", document: base }],
    [ada, { kind: "nepEdit", nepId: draftId, document: edited }],
  ]);
  const editedId = nepIdOf(edited, ada.account, chain.networkId);
  expect(chain.record(editedId).label).toBeLessThan(chain.record(baseId).label);
  expect(chain.record(editedId).submittedAt).toBe(required + 1);
  chain.openVoting(baseId);
  chain.acceptAll(
    [baseId, editedId].flatMap((nepId) =>
      [ada, bob].map((who) => [who, { kind: "nepVote", nepId, split: YES }] as const),
    ),
  );
  chain.close(baseId);
  chain.due(baseId);
  expect([chain.status(baseId), chain.status(editedId)]).toEqual(["active", "active"]);
});

test("the block of the snapshot is the last in which an edit counts", () => {
  for (const isLate of [false, true]) {
    const chain = new Parliament({ stakes });
    const nepId = chain.submit(ada, lowerReward());
    chain.advanceTo(chain.record(nepId).snapshotAt - (isLate ? 0 : 1));
    const edit = { kind: "nepEdit", nepId, document: lowerReward({ title: "At last" }) } as const;
    if (isLate) expect(chain.refuse(ada, edit).code).toBe("NEP_STATUS");
    else chain.accept(ada, edit);
  }
});
