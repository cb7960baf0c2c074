/** A manifest drawn from a seed: networks that nobody would have thought of. The same seed gives the same network. */
import { BEHAVIOURS, type Behaviour, type FaultManifest, type Manifest, type NodeManifest } from "./manifest.ts";
import { createRandom, type Random } from "./random.ts";

const MOST_NODES = 7;
const LEAST_NODES = 4;
const ROUNDS = 8;

export function randomManifest(seed: number): Manifest {
  const random = createRandom(seed);
  const count = random.between(LEAST_NODES, MOST_NODES);
  // Below a third of the power, so that the honest can always finalise.
  const dishonest = random.between(0, Math.floor((count - 1) / 3));
  const nodes = Array.from({ length: count }, (_, index) => randomNode(random, index, index < dishonest));
  const honest = nodes.filter(({ behaviour, joinsAtRound }) => behaviour === "honest" && joinsAtRound === 0);
  return {
    name: `random-${seed}`,
    seed,
    rounds: ROUNDS,
    parameters: { "training.audit.AUDIT_PROBABILITY": "0.5" },
    nodes,
    links: {
      latencyMs: random.between(1, 120),
      jitterMs: random.between(0, 40),
      loss: random.between(0, 20) / 1000,
      bytesPerSecond: random.between(1, 100) * 125_000,
    },
    faults: randomFaults(random, honest.slice(0, Math.floor((count - dishonest - 1) / 3))),
  };
}

function randomNode(random: Random, index: number, isDishonest: boolean): NodeManifest {
  const behaviour: Behaviour = isDishonest ? random.pick(BEHAVIOURS.slice(1)) : "honest";
  return {
    name: `n${index}`,
    behaviour,
    roles: ["trainer", "validator"],
    stepMs: random.between(50, 900),
    joinsAtRound: !isDishonest && random.between(0, 9) === 0 ? random.between(2, 5) : 0,
  };
}

function randomFaults(random: Random, victims: readonly NodeManifest[]): FaultManifest[] {
  const kinds = ["kill", "pause", "disconnect"] as const;
  return victims.map(({ name }) => ({
    kind: random.pick(kinds),
    node: name,
    atRound: random.between(2, ROUNDS - 2),
    forMs: random.between(2, 30) * 1000,
  }));
}
