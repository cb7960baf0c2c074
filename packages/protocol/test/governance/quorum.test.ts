/** What decides a vote: quorum, floors, late quorum, veto, approval, and thresholds frozen at submission. spec/governance.md#G3, #G4 */
import { expect, test } from "vitest";
import type { NepDocument } from "../../src/nep/document.ts";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { change, decimalValue, integerValue, lowerReward, testDocument } from "../chain/documents.ts";
import { person } from "../chain/testChain.ts";
import { ABSTAIN, NO, Parliament, splitOf, VETO, YES } from "./parliament.ts";

const [ada, bob] = [person("ada"), person("bob")];
const thirds = decimal("0.666666666666666667");

interface Vote {
  readonly stakes: Readonly<Record<string, string>>;
  readonly ballots: Parameters<Parliament["vote"]>[1];
  readonly document?: NepDocument;
  readonly params?: ConstructorParameters<typeof Parliament>[0]["params"];
}

function outcome({ stakes, ballots, document = lowerReward(), params = {} }: Vote): string {
  const chain = new Parliament({ stakes, params });
  const nepId = chain.submit(ada, document);
  chain.openVoting(nepId);
  chain.vote(nepId, ballots);
  chain.close(nepId);
  return chain.record(nepId).stage.kind === "ended" ? chain.reason(nepId).code : chain.status(nepId);
}

test("weakness 22: yes 150, no 50, abstain 100 of 1000 passes at 75 %: abstentions count for the quorum alone", () => {
  const stakes = { ada: "150", bob: "50", cy: "100", dee: "700" };
  const ballots = { ada: YES, bob: NO, cy: ABSTAIN };
  const document = lowerReward({ approvalThreshold: decimal("0.75") });
  expect(outcome({ stakes, ballots, document })).toBe("approved");
  const stricter = lowerReward({ approvalThreshold: decimal("0.750000000000000001") });
  expect(outcome({ stakes, ballots, document: stricter })).toBe("REJECTED");
});

test("abstentions alone can make the quorum, and without them it is missed", () => {
  const stakes = { ada: "100", bob: "100", cy: "800" };
  expect(outcome({ stakes, ballots: { ada: YES, bob: ABSTAIN } })).toBe("approved");
  expect(outcome({ stakes, ballots: { ada: YES } })).toBe("NO_QUORUM");
});

test.each([
  ["200", "800", "approved"],
  ["199.999999999999999999", "800.000000000000000001", "NO_QUORUM"],
])("a fifth is the quorum to the base unit: %s of 1000 is %s", (voting, rest, expected) => {
  expect(outcome({ stakes: { ada: voting, bob: rest }, ballots: { ada: YES } })).toBe(expected);
});

test.each([
  ["200", "100", "approved"],
  ["199.999999999999999999", "100.000000000000000001", "REJECTED"],
  ["200", "100.000000000000000001", "REJECTED"],
])("weakness 23: two thirds are two thirds: yes %s against no %s is %s", (yes, no, expected) => {
  const document = lowerReward({ approvalThreshold: thirds });
  expect(outcome({ stakes: { ada: yes, bob: no }, ballots: { ada: YES, bob: NO }, document })).toBe(expected);
});

test.each([
  ["100", "200", "VETOED"],
  ["99.999999999999999999", "200.000000000000000001", "approved"],
])("a third vetoes: %s against %s is %s", (veto, yes, expected) => {
  const params = { "governance.tracks.STANDARD_APPROVAL": decimal("0.6") };
  const stakes = { ada: yes, bob: veto };
  const document = lowerReward({ approvalThreshold: decimal("0.6") });
  expect(outcome({ stakes, ballots: { ada: YES, bob: VETO }, document, params })).toBe(expected);
});

test("the third of a veto is of all votes cast, abstentions included; and a veto counts as a no", () => {
  const stakes = { ada: "500", bob: "240", cy: "260" };
  expect(outcome({ stakes, ballots: { ada: YES, bob: VETO, cy: ABSTAIN } })).toBe("approved");
  expect(outcome({ stakes, ballots: { ada: YES, bob: VETO, cy: NO } })).toBe("REJECTED");
});

test("fewer people than MIN_VOTERS are no quorum, whatever their stake", () => {
  const stakes = { ada: "900", bob: "100" };
  const params = { "governance.voting.MIN_VOTERS": 2 };
  expect(outcome({ stakes, ballots: { ada: YES }, params })).toBe("NO_QUORUM");
  expect(outcome({ stakes, ballots: { ada: YES, bob: YES }, params })).toBe("approved");
});

test("less power than MIN_STAKE_VOTED is no quorum, whatever part of the whole it is", () => {
  const params = { "governance.voting.MIN_STAKE_VOTED": decimal("500") };
  const ballots = { ada: YES };
  expect(outcome({ stakes: { ada: "499.999999999999999999" }, ballots, params })).toBe("NO_QUORUM");
  expect(outcome({ stakes: { ada: "500" }, ballots, params })).toBe("approved");
});

test("a quorum first reached in the last tenth extends voting once by a tenth, rounded up", () => {
  const chain = new Parliament({ stakes: { ada: "100", bob: "200", cy: "700" } });
  const nepId = chain.submit(ada, lowerReward());
  chain.openVoting(nepId);
  const end = chain.record(nepId).votingEndsAt;
  chain.vote(nepId, { ada: YES });
  // A tenth of 28 blocks is 3, rounded up: the last three blocks.
  chain.advanceTo(end - 3);
  const [receipt] = chain.vote(nepId, { bob: YES });
  expect(receipt!.outcome).toMatchObject({
    events: [{ kind: "voted" }, { kind: "votingExtended", nepId, votingEndsAt: end + 3 }],
  });
  chain.advanceTo(end + 1);
  chain.vote(nepId, { cy: NO });
  expect(chain.record(nepId)).toMatchObject({ votingEndsAt: end + 3, isVotingExtended: true });
  chain.advanceTo(end + 3);
  expect(chain.status(nepId)).toBe("voting");
  chain.block();
  expect(chain.reason(nepId).code).toBe("REJECTED");
});

test("a quorum one block before the last tenth extends nothing, nor do later ballots", () => {
  const chain = new Parliament({ stakes: { ada: "300", bob: "200", cy: "500" } });
  const nepId = chain.submit(ada, lowerReward());
  const end = chain.record(nepId).votingEndsAt;
  chain.advanceTo(end - 4);
  chain.vote(nepId, { ada: YES });
  chain.vote(nepId, { bob: YES });
  chain.vote(nepId, { cy: NO });
  expect(chain.record(nepId)).toMatchObject({ votingEndsAt: end, isVotingExtended: false });
});

test("with LATE_QUORUM_WINDOW at 0 nothing is ever extended", () => {
  const chain = new Parliament({ stakes: { ada: "1000" }, params: { "governance.voting.LATE_QUORUM_WINDOW": 0n } });
  const nepId = chain.submit(ada, lowerReward());
  const end = chain.record(nepId).votingEndsAt;
  chain.advanceTo(end - 1);
  chain.vote(nepId, { ada: YES });
  expect(chain.record(nepId).votingEndsAt).toBe(end);
});

test("rules are frozen at submission: a change of the registry does not move a vote that is under way", () => {
  const chain = new Parliament({ stakes: { ada: "500", bob: "500" } });
  const key = "governance.tracks.STANDARD_QUORUM";
  const late = "governance.voting.LATE_QUORUM_WINDOW";
  const document = testDocument({
    title: "Stricter",
    nepType: "gov",
    parameterChanges: [
      change(key, decimalValue("0.2"), decimalValue("0.3")),
      change(late, decimalValue("0.1"), decimalValue("0.5")),
      change("governance.tracks.STANDARD_VOTING", integerValue(28), integerValue(24)),
    ],
  });
  const rules = chain.submit(ada, document);
  chain.approve(rules);
  const { stage } = chain.record(rules);
  if (stage.kind !== "passed") throw new Error(stage.kind);
  chain.advanceTo(stage.activateAt - 30);
  const before = chain.submit(bob, lowerReward());
  const frozen = chain.record(before);
  chain.due(rules);
  expect(chain.param(key)).toBe(decimal("0.3"));
  const after = chain.submit(bob, lowerReward({ title: "After", quorumThreshold: decimal("0.3") }));
  expect(chain.record(after).rules).toMatchObject({ quorum: decimal("0.3"), votingBlocks: 24, lateQuorumBlocks: 12 });
  chain.vote(before, { bob: YES });
  expect(chain.record(before)).toEqual({ ...frozen, tally: chain.record(before).tally });
  expect(frozen.rules).toMatchObject({ quorum: decimal("0.2"), votingBlocks: 28, lateQuorumBlocks: 3 });
});

test.each([
  ["approval", { approvalThreshold: 0n }],
  ["approval", { approvalThreshold: decimal("0.659999999999999999") }],
  ["approval", { approvalThreshold: ONE + 1n }],
  ["quorum", { quorumThreshold: 0n }],
  ["quorum", { quorumThreshold: -1n }],
  ["quorum", { quorumThreshold: decimal("0.199999999999999999") }],
  ["quorum", { quorumThreshold: ONE + 1n }],
])("weakness 21: an author asks for no less than the track and no more than all: %s", (threshold, given) => {
  const chain = new Parliament({ stakes: { ada: "500" } });
  expect(chain.refuse(ada, { kind: "nepSubmit", document: lowerReward(given) })).toMatchObject({
    code: "THRESHOLD_OUT_OF_RANGE",
    threshold,
    most: "1",
  });
});

test("an author can ask for more, and then needs it", () => {
  const document = lowerReward({ quorumThreshold: decimal("0.5"), approvalThreshold: ONE });
  const stakes = { ada: "490", bob: "10", cy: "500" };
  expect(outcome({ stakes, ballots: { ada: YES }, document })).toBe("NO_QUORUM");
  expect(outcome({ stakes, ballots: { ada: YES, bob: NO }, document })).toBe("REJECTED");
  expect(outcome({ stakes, ballots: { ada: YES, bob: ABSTAIN }, document })).toBe("approved");
});

const STANDARD = { track: "standard", quorum: "0.2", approval: "0.66", review: 28, votes: 28, timelock: 28 };

test.each([
  { nepType: "econ", ...STANDARD },
  { nepType: "train", ...STANDARD },
  { nepType: "net", ...STANDARD },
  {
    nepType: "arch",
    ...STANDARD,
    track: "architecture",
    quorum: "0.25",
    approval: "0.666666666666666667",
    timelock: 56,
  },
  { nepType: "gov", track: "constitution", quorum: "0.334", approval: "0.75", review: 56, votes: 56, timelock: 56 },
  { nepType: "emergency", track: "emergency", quorum: "0.334", approval: "0.75", review: 0, votes: 4, timelock: 0 },
] as const)("a proposal of type $nepType takes the $track track", ({ nepType, review, votes, timelock, ...rest }) => {
  const chain = new Parliament({ stakes: { ada: "500" } });
  const key = "economics.constants.FEE_BURN_RATE";
  const parameterChanges = nepType === "emergency" ? [change(key, decimalValue("0.05"), decimalValue("0.04"))] : [];
  const evidence = [{ name: "report", digest: chain.networkId }];
  const codeChanges = [{ path: "a.ts", change: "b" }];
  const nepId = chain.submit(ada, testDocument({ nepType, parameterChanges, codeChanges, evidence }));
  const { rules, submittedAt, snapshotAt, votingEndsAt } = chain.record(nepId);
  const [quorum, approval] = [decimal(rest.quorum), decimal(rest.approval)];
  expect(rules).toMatchObject({ track: rest.track, quorum, approval, timelockBlocks: timelock });
  expect([snapshotAt - submittedAt, votingEndsAt - snapshotAt]).toEqual([review, votes]);
});

test("a split vote counts for each side by its part", () => {
  const stakes = { ada: "300", bob: "700" };
  const ballots = { ada: YES, bob: splitOf({ yes: 5200, no: 4800 }) };
  expect(outcome({ stakes, ballots })).toBe("approved");
  expect(outcome({ stakes, ballots: { ...ballots, bob: splitOf({ yes: 5100, no: 4900 }) } })).toBe("REJECTED");
});
