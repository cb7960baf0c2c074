/** Split votes on the command line. */
import { expect, test } from "vitest";
import { UsageProblem } from "../usageProblem.ts";
import { describeSplit, readSplit, wholeVote } from "./voteSplit.ts";

test.each([
  ["yes=60,no=40", { yes: 6000, no: 4000, abstain: 0, veto: 0 }, "60 % yes, 40 % no"],
  ["yes=100", wholeVote("yes"), "yes"],
  ["veto=33.34, abstain=66.66", { yes: 0, no: 0, abstain: 6666, veto: 3334 }, "66.66 % abstain, 33.34 % veto"],
])("%s", (text, split, words) => {
  expect(readSplit(text)).toEqual(split);
  expect(describeSplit(split)).toBe(words);
});

test.each([
  ["", /write parts of a hundred/],
  ["yes", /write parts of a hundred/],
  ["maybe=100", /write parts of a hundred/],
  ["yes=60,no=41", /adds up to 101 %/],
  ["yes=50,yes=50", /names yes twice/],
  ["yes=-1,no=101", /write parts of a hundred/],
  ["yes=33.333,no=66.667", /write parts of a hundred/],
])("'%s' is refused", (text, message) => {
  expect(() => readSplit(text)).toThrow(UsageProblem);
  expect(() => readSplit(text)).toThrow(message);
});
