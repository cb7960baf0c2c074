/** Over many rounds in which machines come and go, no honest node loses anything but the pay for what it did not do. */
import { expect, test } from "vitest";
import { ONE } from "../../src/numbers/decimal.ts";
import { ALWAYS, eventsDuring, NAMES, networkOf, only } from "./auditNetwork.ts";

/** Numerical Recipes' generator: the run is the same on every machine. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const SEGMENTS = 1000;

test("more than a thousand honest pieces of work are audited while nodes fall silent at random, and nobody is slashed", {
  timeout: 300_000,
}, () => {
  const network = networkOf({ params: ALWAYS });
  const random = randomFrom(7);
  let confirmed = 0;
  const events = eventsDuring(network, () => {
    network.stepUntil(() => {
      // One of five at a time: the others are still a quorum.
      if (random(6) === 0) {
        for (const name of NAMES) network.awake.add(name);
        if (random(2) === 0) network.awake.delete(NAMES[random(NAMES.length)]!);
      }
      const done = network.chain.last!.receipts[0]!.outcome;
      const settled = done.kind === "accepted" ? only(done.events, "auditSettled") : [];
      confirmed += settled.filter(({ outcome }) => outcome === "honest").length;
      return confirmed > SEGMENTS;
    }, 20_000);
  });
  expect(only(events, "slashed")).toEqual([]);
  const outcomes = new Set(only(events, "auditSettled").map(({ outcome }) => outcome));
  expect(outcomes.has("wrong")).toBe(false);
  expect(outcomes.has("unavailable")).toBe(false);
  for (const [, { lots }] of network.chain.state.tables.stakes.entries()) expect(lots[0]!.amount).toBe(100n * ONE);
});
