/** Honest networks in virtual time: all agree, whatever happens to some of them. */
import type { ModelDigest } from "@neuroshard/protocol";
import { expect, onTestFinished, test } from "vitest";
import { LocalNetwork, type LocalNetworkOptions } from "../src/localNetwork.ts";

const THREE = [{ name: "ada" }, { name: "bea" }, { name: "cyd" }];
/** Long enough for who trains at the same time. */
const PATIENT = {
  "training.audit.AUDIT_TIMEOUT": 6,
  "training.audit.AUDIT_WINDOW": 24,
  "economics.staking.UNBONDING": 60,
};

async function networkOf(options: LocalNetworkOptions): Promise<LocalNetwork> {
  const network = await LocalNetwork.create({ parameters: PATIENT, ...options });
  onTestFinished(() => network.close());
  return network;
}

function modelsOf(network: LocalNetwork, name: string): ReadonlyMap<number, ModelDigest> {
  return new Map(network.eventsOf(name, "model").map(({ round, model }) => [round, model]));
}

/** Each of them had the model of each of these rounds, and it was the final one. */
function expectSameModels(network: LocalNetwork, names: readonly string[], rounds: readonly number[]): void {
  for (const name of names) {
    const models = modelsOf(network, name);
    for (const round of rounds)
      expect(models.get(round), `${name}, round ${round}`).toEqual(network.round(round).model);
  }
}

function outcomes(network: LocalNetwork): ReadonlySet<string> {
  return new Set(network.eventsOf("ada", "settled").map(({ outcome }) => outcome));
}

test("three nodes run five rounds, all have each model, its loss falls, and all work is found honest", async () => {
  const network = await networkOf({ nodes: THREE, parameters: { ...PATIENT, "training.diloco.EVAL_ROUNDS": 1 } });
  await network.start();
  await network.runThrough(5);
  await network.runFor(2000);
  expectSameModels(network, ["ada", "bea", "cyd"], [1, 2, 3, 4, 5]);
  const losses = [1, 2, 3, 4, 5].map((round) => network.round(round).validationLoss!);
  for (const [index, loss] of losses.slice(1).entries()) expect(loss).toBeLessThan(losses[index]!);
  expect(network.round(5).slots.map(({ inclusion }) => inclusion)).toEqual(["included", "included", "included"]);
  expect(outcomes(network)).toEqual(new Set(["honest"]));
  expect(network.eventsOf("ada", "trouble")).toEqual([]);
});

test("a node that was killed in its slot resumes it from its disk and has each model again", async () => {
  const network = await networkOf({ nodes: THREE });
  await network.start();
  await network.runThrough(2);
  await network.runUntil(() => network.eventsOf("bea", "progress").some(({ round }) => round === 3), 20_000);
  network.node("bea").kill();
  await network.runFor(500);
  await network.start("bea");
  await network.runThrough(5);
  await network.runFor(2000);
  const resumed = network.eventsOf("bea", "progress").filter(({ round }) => round === 3);
  expect(resumed.map(({ steps }) => steps)).toEqual([2, 4]);
  expectSameModels(network, ["ada", "bea", "cyd"], [3, 4, 5]);
  expect(outcomes(network)).toEqual(new Set(["honest"]));
});

test("a node that was away for rounds catches up with the model", async () => {
  const network = await networkOf({ nodes: THREE });
  await network.start();
  await network.runThrough(2);
  network.node("cyd").kill();
  await network.runThrough(5);
  await network.start("cyd");
  await network.runThrough(8);
  await network.runFor(2000);
  expectSameModels(network, ["ada", "bea"], [3, 4, 5, 6, 7, 8]);
  expectSameModels(network, ["cyd"], [7, 8]);
  expect(network.round(8).slots).toHaveLength(3);
});

test("a node that joins at round five fetches the model by digest and takes part", async () => {
  const network = await networkOf({ nodes: [...THREE, { name: "dan" }] });
  await network.start("ada", "bea", "cyd");
  await network.runThrough(5);
  await network.start("dan");
  await network.runThrough(8);
  await network.runFor(2000);
  expectSameModels(network, ["ada", "bea", "cyd", "dan"], [7, 8]);
  expect(network.round(8).slots.map(({ device }) => device)).toContain(network.node("dan").device);
});

test("a node that lost its blobs goes on from zeros and the model of the others", async () => {
  const network = await networkOf({ nodes: THREE });
  await network.start();
  await network.runThrough(3);
  const ada = network.node("ada");
  ada.kill();
  ada.blobs.clear();
  await network.start("ada");
  await network.runThrough(6);
  await network.runFor(2000);
  expectSameModels(network, ["ada", "bea", "cyd"], [6]);
  const { slots } = network.round(6);
  expect(slots.find(({ device }) => device === ada.device)?.inclusion).toBe("included");
});

test("a node whose connections are gone holds nobody up, and has the model soon after they are back", async () => {
  const network = await networkOf({ nodes: THREE });
  await network.start();
  await network.runThrough(2);
  const reconnect = network.cutOff(["bea"]);
  await network.runThrough(5);
  reconnect();
  await network.runThrough(8);
  await network.runFor(2000);
  expectSameModels(network, ["ada", "cyd"], [3, 4, 5, 6, 7, 8]);
  expectSameModels(network, ["bea"], [8]);
});

test("states that there was no room for are made again when an auditor asks for them", async () => {
  const nodes = THREE.map(({ name }) => ({ name, mostBlobs: 10, stepMs: 100 }));
  const network = await networkOf({ nodes, parameters: { ...PATIENT, "training.diloco.INNER_STEPS": 12 } });
  await network.start();
  await network.runThrough(8);
  const settled = network.happened.filter((event) => event.kind === "auditSettled");
  expect(settled.length).toBeGreaterThan(12);
  for (const { outcome } of settled) expect(outcome).toBe("honest");
});

test("after a restart the commit that was noted is sent, not another one", async () => {
  const network = await networkOf({ nodes: THREE });
  await network.start();
  await network.runThrough(2);
  const committedIn = (round: number) => network.eventsOf("bea", "committed").filter((event) => event.round === round);
  await network.runUntil(() => network.eventsOf("bea", "progress").some(({ round }) => round === 3), 20_000);
  const reconnect = network.cutOff(["bea"]);
  await network.runUntil(() => committedIn(3).length > 0, 20_000);
  network.node("bea").kill();
  reconnect();
  await network.start("bea");
  await network.runThrough(3);
  const [noted] = committedIn(3);
  expect(committedIn(3)).toHaveLength(1);
  expect(network.round(3).slots[noted!.slot]?.commit).toBe(noted!.commit);
});
