/** What must hold in every network, whoever cheats in it and whatever breaks. Judged from outside, by the report alone. */
import type { ModelDigest } from "@neuroshard/protocol";
import type { NodeReport, RoundReport, SimReport } from "./report.ts";

export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

type Check = (report: SimReport) => readonly string[];

/** By what they say. Each returns what breaks it. */
const INVARIANTS: { readonly [invariant: string]: Check } = {
  "all rounds end": ({ rounds, asked }) => {
    const last = rounds.at(-1)?.number ?? 0;
    return last >= asked ? [] : [`${last} of ${asked} have ended`];
  },
  "rounds never go backwards": (report) => [
    ...report.rounds.flatMap(({ number }, index) =>
      number === index + 1 ? [] : [`round ${number} is in place ${index + 1}`],
    ),
    ...report.nodes.flatMap(({ name, modelRounds }) => backwardSteps(modelRounds).map((step) => `${name}: ${step}`)),
  ],
  "honest nodes have equal models": (report) =>
    honestIn(report).flatMap(({ name, disagreements }) => [
      ...disagreements.map((round) => `${name} computed another one in round ${round}`),
      ...report.rounds.flatMap((round) => differences(round, name)),
    ]),
  "honest nodes keep up": (report) => {
    const last = doneIn(report).at(-1)?.number ?? 0;
    const late = honestIn(report).filter(({ modelRounds }) => (modelRounds.at(-1) ?? 0) < last - 1);
    return late.map(
      ({ name, modelRounds }) => `${name} has the model of round ${modelRounds.at(-1) ?? 0}, not ${last}`,
    );
  },
  "no honest node is slashed": (report) =>
    honestIn(report).flatMap(({ name, slashed }) => (slashed === "0" ? [] : [`${name}: ${slashed}`])),
  "who was caught has lost more than it gained": ({ nodes }) =>
    nodes
      .filter(({ behaviour, audits, wrongAnswers }) => behaviour !== "honest" && (audits.wrong ?? 0) + wrongAnswers > 0)
      .filter(({ slashed, paid }) => BigInt(slashed) <= BigInt(paid))
      .map(({ name, behaviour, slashed, paid }) => `${name} (${behaviour}) was paid ${paid} and lost ${slashed}`),
  "the supply adds up": ({ supply, nodes }) => {
    const found = sumOf(Object.values(supply.places));
    const issued = BigInt(supply.genesis) + BigInt(supply.minted);
    const paid = sumOf(nodes.map((node) => node.paid));
    return [
      ...(found === issued ? [] : [`${found} are there, ${issued} were issued`]),
      ...(paid === BigInt(supply.minted) ? [] : [`${paid} were paid, ${supply.minted} minted`]),
    ];
  },
  "the held-out loss falls": (report) => {
    const losses = doneIn(report).flatMap(({ validationLoss }) => validationLoss ?? []);
    const [first, last] = [losses[0], losses.at(-1)];
    if (first === undefined || last === undefined) return ["no round was evaluated"];
    return losses.length < 2 || last < first ? [] : [`from ${first} to ${last} millionths`];
  },
  "the chain replays to the same root": ({ chain: { stateRoot, replayedRoot } }) =>
    stateRoot === replayedRoot ? [] : [`${replayedRoot} instead of ${stateRoot}`],
  "faults end": ({ faults }) => faults.flatMap(({ kind, untilMs }) => (untilMs === null ? [`a ${kind} goes on`] : [])),
};

export function violationsIn(report: SimReport): readonly Violation[] {
  return Object.entries(INVARIANTS).flatMap(([invariant, check]) =>
    check(report).map((detail) => ({ invariant, detail })),
  );
}

function honestIn({ nodes }: SimReport): readonly NodeReport[] {
  return nodes.filter(({ behaviour }) => behaviour === "honest");
}

function doneIn({ rounds }: SimReport): readonly RoundReport[] {
  return rounds.filter(({ model }) => model !== null);
}

function differences({ number, model, modelsByNode }: RoundReport, name: string): readonly string[] {
  const own = modelsByNode[name];
  if (model === null || own === undefined || isSame(own, model)) return [];
  return [`${name} has ${own.weights.slice(0, 12)} of round ${number}, the network ${model.weights.slice(0, 12)}`];
}

function isSame(a: ModelDigest, b: ModelDigest): boolean {
  return a.weights === b.weights && a.momentum === b.momentum;
}

function backwardSteps(rounds: readonly number[]): readonly string[] {
  return rounds.flatMap((round, index) => {
    const before = rounds[index - 1] ?? 0;
    return round < before ? [`round ${round} after round ${before}`] : [];
  });
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
}
