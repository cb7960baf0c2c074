/** What must hold of every network, asserted on what was seen from outside. */
import type { ProcessNetwork } from "./processNetwork.ts";
import type { SeenRound, Watch } from "./watch.ts";

export interface Check {
  readonly name: string;
  readonly isPassed: boolean;
  /** Figures that the verdict rests on, or what is wrong. */
  readonly detail: string;
}

/** Outcomes of audits that cost an honest node something. */
const HARMFUL = new Set(["wrong", "unavailable"]);

export function check(name: string, isPassed: boolean, detail: string): Check {
  return { name, isPassed, detail };
}

/** For networks whose nodes are honest and train. */
export function checkTraining(network: ProcessNetwork, watch: Watch): readonly Check[] {
  return [
    checkLoss(network, watch),
    checkDigests(network, watch),
    checkComputations(network),
    checkAudits(watch),
    ...checkHealth(network, watch),
  ];
}

/** For all networks. */
export function checkHealth(network: ProcessNetwork, watch: Watch): readonly Check[] {
  const dead = network.nodes.filter(({ deaths }) => deaths > 0);
  const words = dead.map(({ place, troubles }) => `${place.name}: ${troubles.at(-1) ?? "it said nothing"}`);
  return [
    checkSupply(watch),
    check("no node ends unasked", dead.length === 0, dead.length === 0 ? "none did" : words.join("; ")),
  ];
}

export interface LossPoint {
  readonly round: number;
  readonly loss: number;
}

/** Held-out loss of each evaluated round; before the first round, of a model that knows nothing. */
export function heldOutLosses({ genesis }: ProcessNetwork, { rounds }: Watch): readonly LossPoint[] {
  const start = { round: 0, loss: Math.log(genesis.training?.vocabularySize ?? 1) };
  const evaluated = doneRounds(rounds).flatMap(({ record: { number, validationLoss } }) =>
    validationLoss === null ? [] : { round: Number(number), loss: Number(validationLoss) / 1e6 },
  );
  return [start, ...evaluated];
}

function doneRounds(rounds: Watch["rounds"]): readonly SeenRound[] {
  const done = [...rounds.values()].filter(({ record }) => record.phase === "done");
  return done.sort((a, b) => Number(a.record.number) - Number(b.record.number));
}

function checkLoss(network: ProcessNetwork, watch: Watch): Check {
  const losses = heldOutLosses(network, watch);
  const last = losses.at(-1)!;
  // With two evaluations the trained model is held to the trained model before it.
  const first = losses.length > 2 ? losses[1]! : losses[0]!;
  const curve = losses.map(({ round, loss }) => `${loss.toFixed(4)} after round ${round}`).join(", ");
  return check("held-out loss falls", losses.length > 1 && last.loss < first.loss, curve);
}

/** Asked of every node over HTTP. */
function checkDigests({ nodes }: ProcessNetwork, { rounds }: Watch): Check {
  const done = doneRounds(rounds);
  const isDifferent = ({ record, weights }: SeenRound): boolean =>
    [...weights.values()].some((each) => each !== record.model?.weights);
  const different = done.filter(isDifferent).map(({ record }) => record.number);
  const answers = done.reduce((sum, { weights }) => sum + weights.size, 0);
  const detail = `${done.length} rounds, ${answers} answers of ${nodes.length} nodes, different in rounds [${different}]`;
  const isPassed = done.length > 0 && answers >= done.length && different.length === 0;
  return check("every node has the same model digest after every finished round", isPassed, detail);
}

/** Told by every node of the weights that it holds, which it has computed or checked itself. */
function checkComputations({ nodes, workers }: ProcessNetwork): Check {
  const byRound = new Map<number, Set<string>>();
  for (const { models } of nodes) {
    for (const { round, weights } of models) byRound.set(round, (byRound.get(round) ?? new Set()).add(weights));
  }
  const split = [...byRound].filter(([, weights]) => weights.size > 1).map(([round]) => round);
  const wrong = nodes.filter(({ disagreements }) => disagreements.length > 0).map(({ place }) => place.name);
  const silent = workers.filter(({ models }) => models.length === 0).map(({ place }) => place.name);
  const detail = `${byRound.size} models, split rounds [${split}], nodes that disagreed [${wrong}], without a model [${silent}]`;
  const isPassed = byRound.size > 0 && split.length + wrong.length + silent.length === 0;
  return check("every node computes the model that the network agrees on", isPassed, detail);
}

/** All nodes of a gate do their work, so no audit may end to the cost of one. */
function checkAudits({ rounds }: Watch): Check {
  const audits = [...rounds.values()].flatMap((round) => round.audits);
  const outcomes = new Map<string, number>();
  for (const { outcome } of audits) outcomes.set(outcome ?? "open", (outcomes.get(outcome ?? "open") ?? 0) + 1);
  const isPassed = [...outcomes.keys()].every((outcome) => !HARMFUL.has(outcome));
  const counts = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`);
  return check(
    "no honest node is slashed",
    isPassed,
    counts.length === 0 ? "no audits" : `audits: ${counts.join(", ")}`,
  );
}

function checkSupply({ supplies }: Watch): Check {
  const wrong = supplies.find((supply) => {
    const { spendable, bonded, unbonding, escrowed, treasury, held } = supply;
    const places = [spendable, bonded, unbonding, escrowed, treasury, held].map(BigInt);
    const there = places.reduce((sum, amount) => sum + amount, 0n);
    const made = BigInt(supply.genesis) + BigInt(supply.minted) - BigInt(supply.burned);
    return there !== made || made !== BigInt(supply.circulating);
  });
  const detail = wrong === undefined ? `at ${supplies.length} moments` : `not at block ${wrong.height}`;
  return check("the supply adds up", supplies.length > 0 && wrong === undefined, detail);
}
