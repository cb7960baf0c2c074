/** How a vote is given on the command line: one choice, or `--split`. */
import { Option } from "commander";
import { isVoteChoice, readSplit, VOTE_CHOICES, type VoteSplit, wholeVote } from "../chain/voteSplit.ts";
import { UsageProblem } from "../usageProblem.ts";

export interface VoteFlags {
  readonly split?: VoteSplit;
}

export function splitOption(): Option {
  return new Option("--split <parts>", "parts of a hundred, like yes=60,no=40").argParser(readSplit);
}

/** @throws {UsageProblem} unless exactly one of the two is given and known. */
export function chosenSplit(choice: string | undefined, split: VoteSplit | undefined): VoteSplit {
  if ((choice === undefined) === (split === undefined))
    throw new UsageProblem("a vote is one choice or --split; give one of the two");
  if (split !== undefined) return split;
  if (choice !== undefined && isVoteChoice(choice)) return wholeVote(choice);
  throw new UsageProblem(`'${choice}' is no vote; choose one of ${VOTE_CHOICES.join(", ")}`);
}
