/** Each invariant is broken by a report that differs from a good one in just that. */
import type { Digest } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { violationsIn } from "./invariants.ts";
import type { NodeReport, RoundReport, SimReport } from "./report.ts";

const modelOf = (round: number) => ({
  weights: `${round}a`.repeat(32) as Digest,
  momentum: `${round}b`.repeat(32) as Digest,
});

function roundOf(number: number): RoundReport {
  const model = modelOf(number);
  return { number, model, validationLoss: 900 - number, included: 2, modelsByNode: { ada: model, eve: model } };
}

const ADA: NodeReport = {
  ...{ name: "ada", behaviour: "honest", account: "aa", modelRounds: [1, 2, 3], disagreements: [] },
  ...{ paid: "30", slashed: "0", audits: { honest: 3 }, wrongAnswers: 0, troubles: 0 },
};
const EVE: NodeReport = { ...ADA, name: "eve", behaviour: "lie", paid: "10", slashed: "11", audits: { wrong: 1 } };

const GOOD: SimReport = {
  ...{ name: "good", seed: 1, asked: 3, rounds: [1, 2, 3].map(roundOf), nodes: [ADA, EVE] },
  ...{ audits: { honest: 3, wrong: 1 }, faults: [], virtualMs: 1 },
  supply: { genesis: "100", minted: "40", places: { spendable: "129", burned: "11" } },
  chain: { height: 9, stateRoot: "r", replayedRoot: "r" },
};

test("a good report breaks nothing", () => {
  expect(violationsIn(GOOD)).toEqual([]);
});

const nodes = (ada: Partial<NodeReport>, eve: Partial<NodeReport> = {}) => ({
  nodes: [
    { ...ADA, ...ada },
    { ...EVE, ...eve },
  ],
});
const lastRound = (changes: Partial<RoundReport>) => ({
  rounds: [roundOf(1), roundOf(2), { ...roundOf(3), ...changes }],
});

test.each<readonly [string, Partial<SimReport>]>([
  ["all rounds end", { asked: 4 }],
  ["rounds never go backwards", nodes({ modelRounds: [1, 3, 2, 3] })],
  ["rounds never go backwards", { rounds: [roundOf(2), roundOf(3)] }],
  ["honest nodes have equal models", lastRound({ modelsByNode: { ada: modelOf(7) } })],
  ["honest nodes have equal models", nodes({ disagreements: [2] })],
  ["honest nodes keep up", nodes({ modelRounds: [1] })],
  ["no honest node is slashed", nodes({ slashed: "1" })],
  ["who was caught has lost more than it gained", nodes({}, { slashed: "10" })],
  ["who was caught has lost more than it gained", nodes({}, { slashed: "0", audits: {}, wrongAnswers: 1 })],
  ["the supply adds up", { supply: { ...GOOD.supply, places: { spendable: "130", burned: "11" } } }],
  ["the supply adds up", nodes({ paid: "31" })],
  ["the held-out loss falls", lastRound({ validationLoss: 899 })],
  ["the held-out loss falls", { rounds: GOOD.rounds.map((round) => ({ ...round, validationLoss: null })) }],
  ["the chain replays to the same root", { chain: { ...GOOD.chain, replayedRoot: "s" } }],
  ["faults end", { faults: [{ kind: "kill", node: "ada", atRound: 1, forMs: 1, fromMs: 0, untilMs: null }] }],
])("%s, or it is a violation", (invariant, changes) => {
  const broken = violationsIn({ ...GOOD, ...changes }).map((violation) => violation.invariant);
  expect([...new Set(broken)]).toEqual([invariant]);
});

test("a dishonest node may have other models, and be slashed", () => {
  const rounds = [roundOf(1), roundOf(2), { ...roundOf(3), modelsByNode: { eve: modelOf(7) } }];
  expect(violationsIn({ ...GOOD, rounds, ...nodes({}, { disagreements: [3], slashed: "99" }) })).toEqual([]);
});
