/** What holds in every round, whoever is there, whoever falls silent, and whatever a minority attests. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RoundRecord } from "../../src/rounds/roundRecord.ts";
import { isQuorum, totalOf } from "../../src/staking/validatingPower.ts";
import { type State, stateRoot } from "../../src/state/state.ts";
import { propertySettings } from "../propertySettings.ts";
import { digestOf, RoundNetwork } from "./roundNetwork.ts";

const NAMES = ["ada", "bea", "cyd", "dan"];

interface Block {
  /** Who sleeps in this block. */
  readonly asleep: readonly string[];
  /** Who attests a model of his own, if there is one to attest; the honest majority may be asleep. */
  readonly liar: string | undefined;
}

const blocks: fc.Arbitrary<readonly Block[]> = fc.array(
  fc.record({
    asleep: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray(NAMES)),
    liar: fc.option(fc.constantFrom(...NAMES), { freq: 4, nil: undefined }),
  }),
  { minLength: 30, maxLength: 60, size: "max" },
);

function lie(network: RoundNetwork, name: string): void {
  const { round, chain } = network;
  if (round.phase !== "outer" || chain.state.cells.training.round === 0) return;
  const body = {
    kind: "attestModel",
    round: round.number,
    model: { weights: digestOf(name), momentum: digestOf(name) },
    validationLoss: round.isEvaluated ? 1 : null,
  } as const;
  chain.block(chain.signed({ from: network.device(name), body }));
}

function roundIn(state: State, number: number): RoundRecord | undefined {
  return state.tables.rounds.get(String(number));
}

function checkEnded(state: State, { number, slots, phase, validators, candidates, model }: RoundRecord): void {
  const total = totalOf(validators);
  for (const { inclusion, commit, attested } of slots) {
    if (inclusion === "included") expect(commit !== null && isQuorum(attested, total)).toBe(true);
    if (phase === "done") expect(inclusion).not.toBe("open");
  }
  const attested = candidates.filter(({ power }) => isQuorum(power, total));
  expect(attested).toHaveLength(phase === "done" ? 1 : 0);
  expect(model).toEqual(attested[0]?.model ?? null);
  const next = roundIn(state, number + 1);
  if (next !== undefined) expect(next.openedAt).toBeGreaterThan(0);
}

function checkStep(before: State, after: State): void {
  const [was, is] = [before.cells.training, after.cells.training];
  expect([was.round, was.round + 1]).toContain(is.round);
  const running = roundIn(after, was.round);
  const isDone = running?.phase === "done" && roundIn(before, was.round)?.phase !== "done";
  if (!isDone) expect(is.model).toEqual(was.model);
  if (isDone) expect(is).toMatchObject({ model: running.model, modelRound: was.round });
  if (running !== undefined && running.endedAt === after.cells.head.height) checkEnded(after, running);
  const opened = roundIn(after, is.round);
  if (is.round > was.round)
    expect(opened).toMatchObject({ baseModel: is.model, stepsBefore: is.steps, phase: "train" });
  for (const [device, { lastRound }] of after.tables.standings.entries()) {
    if (lastRound === before.tables.standings.get(device)?.lastRound || lastRound === 0) continue;
    const slot = roundIn(after, lastRound)!.slots.find((each) => each.device === device);
    expect(isDone && slot?.inclusion).toBe("included");
  }
}

test("rounds follow each other; the model is what two thirds attested; only work that was included is carried on", () => {
  let ended = 0;
  fc.assert(
    fc.property(blocks, (steps) => {
      const network = new RoundNetwork({ names: NAMES });
      const { chain } = network;
      const [start, offset] = [chain.state, chain.blocks.length];
      for (const { asleep, liar } of steps) {
        for (const name of NAMES) {
          if (asleep.includes(name)) network.awake.delete(name);
          else network.awake.add(name);
        }
        const before = chain.state;
        if (liar !== undefined && before.cells.training.round > 0) lie(network, liar);
        const between = chain.state;
        network.step();
        if (between !== before) checkStep(before, between);
        checkStep(between, chain.state);
      }
      ended += chain.state.cells.training.modelRound;
      expect(stateRoot(chain.replay(start, chain.blocks.slice(offset)))).toBe(stateRoot(chain.state));
    }),
    propertySettings(61, 6),
  );
  expect(ended).toBeGreaterThan(20);
});
