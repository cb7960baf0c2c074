/** Votes as people write them: one choice, or parts of a hundred, `yes=60,no=40`. */
import { UsageProblem } from "../usageProblem.ts";

export const VOTE_CHOICES = ["yes", "no", "abstain", "veto"] as const;
export type VoteChoice = (typeof VOTE_CHOICES)[number];

/** Ten-thousandths that add up to 10,000. */
export type VoteSplit = { readonly [C in VoteChoice]: number };

const WHOLE = 10_000;
const PERCENT = 100;
const NOTHING: VoteSplit = { yes: 0, no: 0, abstain: 0, veto: 0 };

export function wholeVote(choice: VoteChoice): VoteSplit {
  return { ...NOTHING, [choice]: WHOLE };
}

export function isVoteChoice(word: string): word is VoteChoice {
  return (VOTE_CHOICES as readonly string[]).includes(word);
}

/** `yes=60,no=40`, up to two decimals each. @throws {UsageProblem} */
export function readSplit(text: string): VoteSplit {
  const parts = text.split(",").map((part) => readPart(part, text));
  const names = parts.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UsageProblem(`--split names ${twice} twice; add its parts up`);
  const split = { ...NOTHING, ...Object.fromEntries(parts) };
  const sum = VOTE_CHOICES.reduce((total, choice) => total + split[choice], 0);
  if (sum !== WHOLE) throw new UsageProblem(`--split adds up to ${sum / PERCENT} %; make it 100`);
  return split;
}

function readPart(part: string, text: string): readonly [VoteChoice, number] {
  const [, name = "", whole = "", fraction = ""] = /^\s*([a-z]+)=(\d{1,3})(?:\.(\d{1,2}))?\s*$/.exec(part) ?? [];
  if (isVoteChoice(name)) return [name, Number(whole) * PERCENT + Number(fraction.padEnd(2, "0"))];
  throw new UsageProblem(
    `--split is '${text}'; write parts of a hundred, like yes=60,no=40 (${VOTE_CHOICES.join(", ")})`,
  );
}

/** `yes`; `60 % yes, 40 % no`. */
export function describeSplit(split: VoteSplit): string {
  const given = VOTE_CHOICES.filter((choice) => split[choice] > 0);
  if (given.length === 1) return given[0]!;
  return given.map((choice) => `${split[choice] / PERCENT} % ${choice}`).join(", ");
}
