/** Nodes that die, lose their connections and are paused at random: the others go on, nobody is punished, all agree. */
import { ONE } from "@neuroshard/protocol";
import { expect, onTestFinished, test } from "vitest";
import { LocalNetwork } from "../src/localNetwork.ts";
import { createRandom, type Random } from "../src/random.ts";

const NAMES = ["ada", "bea", "cyd", "dan"];
const ROUNDS = 20;
const SETTLE_MS = 10_000;

async function disturb(network: LocalNetwork, random: Random): Promise<void> {
  const node = network.node(random.pick(NAMES));
  const ms = random.between(100, 15_000);
  switch (random.pick(["kill", "cut off", "pause", "nothing"])) {
    case "kill":
      node.kill();
      await network.runFor(ms);
      return await node.start();
    case "cut off": {
      const reconnect = network.cutOff([node.name]);
      await network.runFor(ms);
      return reconnect();
    }
    case "pause":
      network.memory.pause(node.device);
      await network.runFor(ms);
      return network.memory.resume(node.device);
    default:
  }
}

test.each([6, 7])("twenty rounds with a fault after most of them (seed %i)", async (seed) => {
  const nodes = NAMES.map((name, index) => ({ name, stepMs: 200 + 150 * index }));
  const parameters = {
    "training.diloco.INNER_STEPS": 8,
    "training.audit.AUDIT_TIMEOUT": 6,
    "training.audit.AUDIT_WINDOW": 24,
    "economics.staking.UNBONDING": 60,
  };
  const network = await LocalNetwork.create({ nodes, parameters, stake: 100n * ONE, seed });
  onTestFinished(() => network.close());
  const random = createRandom(seed);
  await network.start();
  for (let round = 1; round <= ROUNDS; round++) {
    await network.runThrough(round);
    await disturb(network, random);
  }
  await network.runFor(SETTLE_MS);
  const { model, modelRound } = network.state.cells.training;
  expect(modelRound).toBeGreaterThanOrEqual(ROUNDS);
  for (const name of NAMES) expect(network.eventsOf(name, "model").at(-1)?.model).toEqual(model);
  for (const name of NAMES) expect(network.eventsOf(name, "disagreement")).toEqual([]);
  const kinds = new Set(network.happened.map(({ kind }) => kind));
  expect(kinds.has("slashed")).toBe(false);
  expect(kinds.has("roundFailed")).toBe(false);
});
