/** Rounds on the chain: from the roster to the model, with everybody honest and with some who are not. */
import { describe, expect, test } from "vitest";
import { person } from "../chain/testChain.ts";
import { digestOf, RoundNetwork } from "./roundNetwork.ts";

const NAMES = ["ada", "bea", "cyd"];

describe("a round", () => {
  test("opens with a slot for every live trainer, trains, exchanges, attests, and the next one opens in the block of its end", () => {
    const network = new RoundNetwork({ names: NAMES });
    network.stepUntil(() => network.chain.state.cells.training.round === 1);
    expect(network.round).toMatchObject({ number: 1, phase: "train", stepsBefore: 0 });
    expect(network.round.slots.map(({ device }) => device).toSorted()).toEqual(
      NAMES.map((name) => network.deviceKey(name)).toSorted(),
    );
    network.step();
    expect(network.round.phase).toBe("exchange");
    network.step();
    expect(network.round).toMatchObject({ phase: "outer" });
    expect(network.round.slots.every(({ inclusion }) => inclusion === "included")).toBe(true);
    network.step();
    expect(network.chain.state.cells.training).toMatchObject({
      round: 2,
      modelRound: 1,
      model: { weights: digestOf("weights 1") },
      steps: network.chain.entry("rounds", "1")!.slots[0]!.steps,
    });
    expect(network.round).toMatchObject({ number: 2, phase: "train", baseModel: { weights: digestOf("weights 1") } });
  });

  test("replays from its blocks to the same state", () => {
    const network = new RoundNetwork({ names: NAMES });
    const { chain } = network;
    const before = chain.state;
    const blocks = chain.blocks.length;
    network.runRounds(3);
    expect(chain.replay(before, chain.blocks.slice(blocks))).toEqual(chain.state);
  });

  test("goes on without a trainer that is gone as soon as the others no longer see it, and without it afterwards", () => {
    const network = new RoundNetwork({ names: NAMES });
    network.runRounds(2);
    network.awake.delete("cyd");
    network.stepUntil(() => network.round.slots.length === 2);
    expect(network.chain.state.cells.training.modelRound).toBe(network.round.number - 1);
    network.awake.add("cyd");
    network.stepUntil(() => network.round.slots.length === 3);
  });

  test("rests while nobody is there, and begins again", () => {
    const network = new RoundNetwork({ names: NAMES });
    network.runRounds(1);
    network.awake.clear();
    for (let block = 0; block < 30; block++) network.step();
    const { round } = network.chain.state.cells.training;
    expect(["failed", "done"]).toContain(network.round.phase);
    for (let block = 0; block < 10; block++) network.step();
    expect(network.chain.state.cells.training.round).toBe(round);
    for (const name of NAMES) network.awake.add(name);
    network.runRounds(1);
  });
});

describe("a commit is refused", () => {
  function training(): RoundNetwork {
    const network = new RoundNetwork({ names: NAMES });
    network.runRounds(2);
    return network;
  }

  test("of a device that has no such slot, and of an account", () => {
    const network = training();
    const commit = network.commitOf("ada");
    expect(network.refusal(network.device("bea"), { kind: "commitWork", commit }).code).toBe("SLOT_NOT_YOURS");
    expect(network.refusal(person("ada"), { kind: "commitWork", commit }).code).toBe("DEVICE_UNKNOWN");
  });

  test.each([
    ["another base", { baseModel: { weights: digestOf("x"), momentum: digestOf("y") } }, "baseModel.weights"],
    ["fewer steps", { steps: 1 }, "steps"],
    ["fewer segments", { segments: [] }, "segments"],
    ["made-up optimiser", { startOptimizer: digestOf("x") }, "startOptimizer"],
    ["made-up residual", { startResidual: digestOf("x") }, "startResidual"],
    ["more samples than steps have", { samples: 10_000 }, "samples"],
    ["a contribution that no codec makes", { deltaBytes: 10_000_000 }, "deltaBytes"],
  ] as const)("with %s", (_, change, field) => {
    const network = training();
    const commit = { ...network.commitOf("ada"), ...change };
    const refused = network.refusal(network.device("ada"), { kind: "commitWork", commit });
    expect(refused).toMatchObject({ code: "COMMIT_MISMATCH", field });
  });

  test("the second time, and for a round that is over", () => {
    const network = training();
    const old = network.commitOf("ada");
    network.chain.accept(network.device("ada"), { kind: "commitWork", commit: old });
    const again = { ...old, delta: digestOf("other") };
    expect(network.refusal(network.device("ada"), { kind: "commitWork", commit: again }).code).toBe(
      "ALREADY_COMMITTED",
    );
    network.runRounds(1);
    expect(network.refusal(network.device("ada"), { kind: "commitWork", commit: old }).code).toBe("ROUND_UNKNOWN");
  });
});

test("a contribution that too few hold is left out at the deadline, and its trainer goes on from where it was", () => {
  const network = new RoundNetwork({ names: [...NAMES, "dan"] });
  network.runRounds(2);
  const { number } = network.round;
  const before = network.chain.entry("standings", network.deviceKey("dan"));
  network.stepUntil(() => network.round.phase === "exchange");
  const { round, chain } = network;
  const withheld = round.slots.findIndex(({ device }) => device === network.deviceKey("dan"));
  const slots = [0, 1, 2, 3].filter((slot) => slot !== withheld);
  for (const name of NAMES) chain.accept(network.device(name), { kind: "attestAvailability", round: number, slots });
  network.awake.delete("dan");
  network.stepUntil(() => network.round.number > number);
  const ended = chain.entry("rounds", String(number))!;
  expect(ended.phase).toBe("done");
  expect(ended.slots[withheld]!.inclusion).toBe("left-out");
  const { optimizer, residual, lastRound } = before!;
  expect(chain.entry("standings", network.deviceKey("dan"))).toMatchObject({ optimizer, residual, lastRound });
});

test("validators that do not agree on a model make the round fail: the model stays", () => {
  const network = new RoundNetwork({ names: NAMES });
  network.runRounds(2);
  const { model } = network.chain.state.cells.training;
  const { number } = network.round;
  network.stepUntil(() => network.round.phase === "outer");
  for (const name of NAMES) {
    const other = { weights: digestOf(name), momentum: digestOf(name) };
    const body = { kind: "attestModel", round: number, model: other, validationLoss: null } as const;
    network.chain.accept(network.device(name), body);
  }
  network.stepUntil(() => network.round.number > number);
  expect(network.chain.entry("rounds", String(number))!.phase).toBe("failed");
  expect(network.round.baseModel).toEqual(model);
});

test("verified work is paid after its audit window, and the supply adds up", () => {
  const network = new RoundNetwork({ names: NAMES, stake: 100n * 10n ** 18n });
  network.runRounds(8);
  const { supply } = network.chain.state.cells;
  expect(supply.minted).toBeGreaterThan(0n);
  expect(network.chain.entry("rounds", "1")!.accounting).toBe("settled");
});
