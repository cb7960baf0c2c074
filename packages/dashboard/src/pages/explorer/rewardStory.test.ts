/** Why something was paid: from the round's record to a sentence, with a command that checks it. */
import type { RoundView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { rewardStory } from "./rewardStory.ts";

const URL = "http://127.0.0.1:8765";
const FOUND = { kind: "replayed", end: "aa".repeat(32), interior: "bb".repeat(32) };

function viewWith(parts: {
  readonly phase?: string;
  readonly accounting?: string;
  readonly commits?: readonly unknown[];
  readonly audits?: readonly unknown[];
  readonly events?: readonly unknown[];
}): RoundView {
  const { phase = "done", accounting = "settled", commits = [{ commit: { slot: 0 } }], audits = [], events } = parts;
  const round = { number: 9, phase, accounting, slots: [{ device: "d", account: "a", steps: 50 }] };
  return {
    round,
    commits,
    audits,
    pay: events === undefined ? null : { height: 5, timeMs: 0, events },
  } as unknown as RoundView;
}

function auditOf(answers: readonly unknown[], outcome: string | null, truth: unknown = FOUND) {
  const auditors = answers.map((answer) => ({ account: "b", isCommittee: false, seal: "cc", answer }));
  return { slot: 0, segment: 6, stage: outcome === null ? "reveal" : "settled", outcome, truth, auditors };
}

const REWARDED = { kind: "rewarded", round: 9, slot: 0, amount: "5" };

test("paid and audited: the auditors, what they found, and the command that replays the very part", () => {
  const view = viewWith({ audits: [auditOf([FOUND], "honest")], events: [REWARDED] });
  const story = rewardStory(view, 0, URL)!;
  expect(story.sentence).toMatch(/^Paid: auditors replayed/);
  expect(story.paid).toEqual(REWARDED);
  expect(story.audit).toMatchObject({ segment: 6, outcome: "honest" });
  expect(story.audit!.auditors).toEqual([
    { account: "b", isCommittee: false, answer: "found the bits that were committed to", digest: FOUND.end },
  ]);
  expect(story.verifyCommand).toBe(`neuroshard verify --round 9 --slot 0 --segment 6 --network ${URL}`);
});

test("paid without an audit: chance did not draw it, and its first part can be replayed all the same", () => {
  const story = rewardStory(viewWith({ events: [REWARDED] }), 0, URL)!;
  expect(story.sentence).toMatch(/Chance did not draw/);
  expect(story.verifyCommand).toMatch(/--segment 0 /);
});

test.each([
  [{ commits: [] }, /Nothing was handed in/],
  [{ events: [{ kind: "payForfeited", round: 9, slot: 0 }] }, /forfeited/],
  [{ phase: "failed", accounting: "none" }, /failed/],
  [{ events: [] }, /nothing was paid/],
  [{ accounting: "window" }, /^Not paid yet: the round/],
  [{ accounting: "window", audits: [auditOf([null], null, null)] }, /its audit is under way/],
])("%o", (parts, sentence) => {
  expect(rewardStory(viewWith(parts), 0, URL)!.sentence).toMatch(sentence);
});

test("whoever found something else is named, on either side", () => {
  const other = { ...FOUND, end: "dd".repeat(32) };
  const wrong = rewardStory(viewWith({ audits: [auditOf([FOUND, other], "wrong")] }), 0, URL)!;
  expect(wrong.audit!.auditors.map(({ answer }) => answer)).toEqual([
    "found other bits than were committed to",
    "found something else",
  ]);
  const honest = rewardStory(viewWith({ audits: [auditOf([other, { kind: "unavailable" }], "honest")] }), 0, URL)!;
  expect(honest.audit!.auditors.map(({ answer }) => answer)).toEqual([
    "found other bits, wrongly",
    "could not get the data",
  ]);
});

test("a slot that the round does not have has no story", () => {
  expect(rewardStory(viewWith({}), 3, URL)).toBeUndefined();
});
