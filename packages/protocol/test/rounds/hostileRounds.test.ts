/** Who lies, repeats, withholds or speaks out of turn in a round: each is turned away by name, and harms only himself. */
import { describe, expect, test } from "vitest";
import type { RoundRecord } from "../../src/rounds/roundRecord.ts";
import { decodeTransaction, type SignedCommit, type TransactionBody } from "../../src/types/transaction.ts";
import type { WorkCommit } from "../../src/work/workCommit.ts";
import { deviceOf, registration } from "../chain/devices.ts";
import { person, TestChain } from "../chain/testChain.ts";
import { digestOf, RoundNetwork } from "./roundNetwork.ts";

const NAMES = ["ada", "bea", "cyd"];
const NEURO = 10n ** 18n;

function inPhase(phase: RoundRecord["phase"], names: readonly string[] = NAMES): RoundNetwork {
  const network = new RoundNetwork({ names, stake: 100n * NEURO });
  network.runRounds(2);
  network.stepUntil(() => network.round.phase === phase);
  return network;
}

const model = (name: string) => ({ weights: digestOf(`${name} weights`), momentum: digestOf(`${name} momentum`) });

function modelOf({ round }: RoundNetwork, name: string): TransactionBody {
  const validationLoss = round.isEvaluated ? 1 : null;
  return { kind: "attestModel", round: round.number, model: model(name), validationLoss };
}

describe("availability", () => {
  const held = ({ round }: RoundNetwork, slots: readonly number[]) =>
    ({ kind: "attestAvailability", round: round.number, slots }) as const;

  test("of a slot counts once for an account, however often it says so", () => {
    const network = inPhase("exchange");
    const { chain } = network;
    const ada = network.device("ada");
    chain.accept(ada, held(network, [0, 0, 0]));
    expect(network.refusal(ada, held(network, [0])).code).toBe("ALREADY_ATTESTED");
    const power = network.round.validators.find(({ account }) => account === person("ada").account)!.power;
    expect(network.round.slots[0]!.attested).toBe(power);
    chain.accept(ada, held(network, [0, 1]));
    expect(network.round.slots.map(({ attested }) => attested)).toEqual([power, power, 0n]);
  });

  test("is refused of slots that have committed nothing, in another phase, of another round, and of trainers", () => {
    const network = inPhase("exchange");
    expect(network.refusal(network.device("ada"), held(network, [3])).code).toBe("SLOT_NOT_YOURS");
    expect(network.refusal(network.device("ada"), modelOf(network, "ada"))).toMatchObject({
      code: "ROUND_PHASE",
      needed: "outer",
    });
    const old = { ...held(network, [0]), round: network.round.number - 1 };
    expect(network.refusal(network.device("ada"), old).code).toBe("ROUND_UNKNOWN");
  });

  test("lists are bounded before anything is read", () => {
    const network = inPhase("exchange");
    const slots = Array.from({ length: 4097 }, () => 0);
    const sign = () => network.chain.signed({ from: network.device("ada"), body: held(network, slots) });
    expect(sign).toThrow("at most 4096");
  });
});

describe("the model of a round", () => {
  test("is the one that two thirds of the power attest; a validator of another opinion is on record", () => {
    const network = inPhase("outer");
    const { number } = network.round;
    network.chain.accept(network.device("cyd"), modelOf(network, "wrong"));
    network.step();
    const ended = network.chain.entry("rounds", String(number))!;
    expect(ended).toMatchObject({ phase: "done", model: { weights: digestOf(`weights ${number}`) } });
    expect(ended.candidates).toHaveLength(2);
  });

  test("is attested once, with a loss exactly where the round is evaluated", () => {
    const network = inPhase("outer");
    const ada = network.device("ada");
    network.chain.accept(ada, modelOf(network, "ada"));
    expect(network.refusal(ada, modelOf(network, "other")).code).toBe("ALREADY_ATTESTED");
    const body = {
      ...modelOf(network, "bea"),
      validationLoss: network.round.isEvaluated ? null : 1,
    } as TransactionBody;
    expect(network.refusal(network.device("bea"), body)).toMatchObject({
      code: "COMMIT_MISMATCH",
      field: "validationLoss",
    });
  });

  test("comes to pass although a third of the validators attest a model of his own each, first", () => {
    const names = Array.from({ length: 54 }, (_, index) => `validator ${index}`);
    const network = new RoundNetwork({ names, params: { "training.diloco.OUTER_TIMEOUT": 8 } });
    network.stepUntil(() => network.chain.state.cells.training.round === 1 && network.round.phase === "outer");
    const { chain } = network;
    chain.block(
      ...names.slice(0, 18).map((from) => chain.signed({ from: network.device(from), body: modelOf(network, from) })),
    );
    network.step();
    const ended = chain.entry("rounds", "1")!;
    expect(ended).toMatchObject({ phase: "done", model: { weights: digestOf("weights 1") } });
    expect(ended.candidates).toHaveLength(16);
  });

  test("is judged every few rounds, and the newest verdict stays", () => {
    const network = new RoundNetwork({ names: NAMES, params: { "training.diloco.EVAL_ROUNDS": 2 } });
    network.stepUntil(() => network.chain.state.cells.training.modelRound === 3);
    expect(network.chain.entry("rounds", "2")).toMatchObject({ isEvaluated: true, validationLoss: 3_999_998 });
    expect(network.chain.entry("rounds", "3")).toMatchObject({ isEvaluated: false, validationLoss: null });
    expect(network.chain.state.cells.training.validationLoss).toBe(3_999_998);
  });
});

describe("who came late", () => {
  test("to validate may not attest in the round that runs, since his power is not in its snapshot", () => {
    const network = inPhase("outer");
    const { chain } = network;
    const dan = person("dan");
    const recipient = dan.account;
    chain.accept(person("ada"), { kind: "transfer", recipient, amount: 200n * NEURO, memo: "" });
    const late = inPhaseAgain(network, () => {
      chain.accept(dan, { kind: "stake", amount: 150n * NEURO, lockDays: 1 });
      chain.accept(dan, registration(chain, dan, { device: 0, isValidator: true }));
    });
    const refused = network.refusal(network.device("dan"), {
      kind: "attestModel",
      round: late.number,
      model: model("dan"),
      validationLoss: late.isEvaluated ? 1 : null,
    });
    expect(refused.code).toBe("NOT_A_VALIDATOR");
  });

  test("to train gets a slot in the next round and begins from zeros; a device without the role attests nothing", () => {
    const network = new RoundNetwork({ names: NAMES });
    network.runRounds(2);
    const { chain } = network;
    const eve = person("eve");
    chain.accept(eve, registration(chain, eve, { device: 0, isValidator: false }));
    network.awake.add("eve");
    network.stepUntil(() => network.round.slots.some(({ device }) => device === network.deviceKey("eve")));
    const commit = network.commitOf("eve");
    expect(commit).toMatchObject({ startOptimizer: null, startResidual: null });
    chain.accept(network.device("eve"), { kind: "commitWork", commit });
    const { number } = network.round;
    network.stepUntil(() => network.round.number > number);
    expect(chain.entry("standings", network.deviceKey("eve"))).toMatchObject({
      optimizer: commit.endOptimizer,
      residual: commit.endResidual,
      lastRound: number,
    });
    expect(network.refusal(network.device("eve"), modelOf(network, "eve"))).toMatchObject({
      code: "DEVICE_ROLE_MISSING",
      role: "validator",
    });
  });
});

/** Lets the next round come to its outer step, with `change` done while it runs. */
function inPhaseAgain(network: RoundNetwork, change: () => void): RoundRecord {
  const { number } = network.round;
  network.stepUntil(() => network.round.number > number && network.round.phase === "outer");
  change();
  if (network.round.phase !== "outer") throw new Error("the round has ended before it could be tried");
  return network.round;
}

describe("reports of who is there", () => {
  const report = (epoch: number, network: RoundNetwork, names: readonly string[]) =>
    ({ kind: "attestLiveness", epoch, devices: names.map((name) => network.deviceKey(name)) }) as const;

  test("are taken for this epoch and the one before only", () => {
    const network = new RoundNetwork({ names: NAMES });
    const { chain } = network;
    chain.advanceTo(8);
    const ada = network.device("ada");
    expect(network.refusal(ada, report(3, network, []))).toMatchObject({ code: "EPOCH_CLOSED", current: "2" });
    expect(network.refusal(ada, report(0, network, []))).toMatchObject({ code: "EPOCH_CLOSED", current: "2" });
    chain.accept(ada, report(1, network, []));
  });

  test("count a device once in a report, and none that nobody has registered", () => {
    const network = new RoundNetwork({ names: NAMES });
    const { chain } = network;
    chain.advanceTo(8);
    chain.accept(network.device("ada"), report(2, network, ["bea", "bea", "bea", "nobody"]));
    expect(chain.entry("liveness", network.deviceKey("bea"))).toMatchObject({ epoch: 2, liveThrough: null });
    expect(chain.entry("liveness", network.deviceKey("nobody"))).toBe(undefined);
    chain.accept(network.device("cyd"), report(2, network, ["bea"]));
    expect(chain.entry("liveness", network.deviceKey("bea"))).toMatchObject({ liveThrough: 2 });
    expect(network.refusal(network.device("cyd"), report(2, network, ["ada"])).code).toBe("ALREADY_ATTESTED");
  });
});

describe("two pieces of work that one device signed for one slot", () => {
  function signedCommit(network: RoundNetwork, name: string, commit: WorkCommit, nonce = 0): SignedCommit {
    const body = { kind: "commitWork", commit } as const;
    const bytes = network.chain.signed({ from: network.device(name), body, wrong: { nonce } });
    const decoded = decodeTransaction(bytes);
    if (!decoded.ok) throw new Error(decoded.reason);
    const { content, signature } = decoded.value;
    const { publicKey, lastHeight } = content;
    return { publicKey, nonce, lastHeight, commit, signature };
  }

  const evidence = (first: SignedCommit, second: SignedCommit): TransactionBody => ({
    kind: "evidence",
    contradiction: { kind: "commits", first, second },
  });

  test("cost the stake of a slash, half of it for the reporter, once, even after the device has retired", () => {
    const network = inPhase("train");
    const { chain } = network;
    const commit = network.commitOf("ada");
    const other = { ...commit, delta: digestOf("another") };
    const [first, second] = [signedCommit(network, "ada", commit), signedCommit(network, "ada", other, 9)];
    chain.accept(person("ada"), { kind: "retireDevice", device: network.deviceKey("ada") });
    const receipt = chain.accept(person("bea"), evidence(first, second));
    const [amount, half] = [10n * NEURO, 5n * NEURO];
    expect(receipt.outcome).toMatchObject({
      events: [{ kind: "slashed", account: person("ada").account, amount, burned: half, rewarded: half }],
    });
    expect(network.refusal(person("cyd"), evidence(second, first)).code).toBe("EVIDENCE_KNOWN");
  });

  test("prove nothing when they are the same work, of two slots, of two devices, forged, or of a round that never was", () => {
    const network = inPhase("train");
    const commit = network.commitOf("ada");
    const other = { ...commit, delta: digestOf("another") };
    const sign = (content: WorkCommit, name = "ada", nonce = 0) => signedCommit(network, name, content, nonce);
    const foreign: SignedCommit = { ...sign(other), lastHeight: 1 };
    const never = (content: WorkCommit) => sign({ ...content, round: 99 });
    const cases: readonly (readonly [TransactionBody, string])[] = [
      [evidence(sign(commit), sign(commit, "ada", 1)), "are the same"],
      [evidence(sign(commit), sign({ ...other, slot: commit.slot + 1 })), "of two slots"],
      [evidence(sign(commit), sign({ ...other, round: commit.round + 1 })), "of two slots"],
      [evidence(sign(commit), sign(other, "bea")), "of two devices"],
      [evidence(sign(commit, "bea"), sign(other, "bea")), "no such slot"],
      [evidence(never(commit), never(other)), "no such slot"],
      [evidence(sign(commit), foreign), "not signed"],
      [evidence({ ...sign(other), signature: sign(commit).signature }, sign(commit)), "not signed"],
    ];
    for (const [body, reason] of cases) {
      const refused = network.refusal(person("cyd"), body);
      expect(refused).toMatchObject({ code: "EVIDENCE_INVALID", reason: expect.stringContaining(reason) });
    }
  });
});

test("a trainer may begin anew from zeros, and goes on from its own end afterwards", () => {
  const network = new RoundNetwork({ names: NAMES });
  network.runRounds(2);
  network.changes.set("ada", (commit) => ({ ...commit, startOptimizer: null, startResidual: null }));
  network.runRounds(1);
  network.changes.clear();
  network.runRounds(2);
  const { lastRound } = network.chain.entry("standings", network.deviceKey("ada"))!;
  expect(lastRound).toBe(network.round.number - 1);
});

test("a network without a recipe opens no round", () => {
  const chain = new TestChain({ balances: { ada: "1" }, validators: [["ada", "100"]] });
  const ada = person("ada");
  chain.accept(ada, registration(chain, ada, { device: 0, isValidator: true }));
  chain.advanceTo(20);
  expect(chain.state.cells.training).toMatchObject({ round: 0, model: { weights: "0".repeat(64) } });
  const body: TransactionBody = { kind: "attestModel", round: 1, model: model("x"), validationLoss: null };
  expect(chain.refuse(deviceOf(ada, 0), body)).toMatchObject({ code: "ROUND_UNKNOWN", current: "0" });
});
