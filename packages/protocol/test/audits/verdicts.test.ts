/** Audits on the chain: honest work is confirmed, made-up work is found and costs more than it gained, and no honest node pays. */
import { describe, expect, test } from "vitest";
import { auditSeal } from "../../src/work/auditAnswer.ts";
import { person } from "../chain/testChain.ts";
import { digestOf } from "../rounds/roundNetwork.ts";
import { ALWAYS, auditsInStage, eventsDuring, liar, NAMES, networkOf, only, TWICE } from "./auditNetwork.ts";

describe("with everybody honest", () => {
  test("every audit confirms the work, nobody is slashed, and auditors are paid", () => {
    const network = networkOf({ params: TWICE });
    const events = eventsDuring(network, () => network.runRounds(12));
    const settled = only(events, "auditSettled");
    expect(settled.length).toBeGreaterThan(20);
    expect(new Set(settled.map(({ outcome }) => outcome))).toEqual(new Set(["honest"]));
    expect(only(events, "slashed")).toEqual([]);
    expect(only(events, "auditRewarded").length).toBeGreaterThan(0);
    const [paid] = only(events, "rewarded");
    expect(paid!.audits).toBe(2);
  });

  test("a network of two never convicts anybody: there is nobody to decide", () => {
    const network = networkOf({ names: ["ada", "bea"], params: ALWAYS });
    liar(network, "bea");
    const events = eventsDuring(network, () => network.runRounds(8));
    expect(only(events, "slashed")).toEqual([]);
    expect(only(events, "auditSettled").some(({ outcome }) => outcome === "unsettled")).toBe(true);
    const { account } = person("bea");
    expect(only(events, "rewarded").some((reward) => reward.account === account)).toBe(false);
  });
});

describe("a trainer that made up its work", () => {
  test("is found, slashed in favour of who found it, and not paid for anything that is still held back", () => {
    const network = networkOf({ params: ALWAYS });
    liar(network, "eve");
    const events = eventsDuring(network, () => network.runRounds(10));
    const { account } = person("eve");
    const slashed = only(events, "slashed");
    expect(slashed.length).toBeGreaterThan(0);
    expect(new Set(slashed.map((each) => each.account))).toEqual(new Set([account]));
    for (const { amount, burned, rewarded, reporter } of slashed) {
      expect(burned + rewarded).toBe(amount);
      expect(rewarded).toBe(amount / 2n);
      expect(reporter).not.toBe(account);
    }
    expect(only(events, "rewarded").some((reward) => reward.account === account)).toBe(false);
  });

  test("without cover is audited every time", () => {
    const network = networkOf({ stake: 0n });
    const events = eventsDuring(network, () => network.runRounds(4));
    const drawn = new Set(only(events, "auditDrawn").map(({ round, slot }) => `${round}/${slot}`));
    const included = only(events, "roundDone").slice(0, -1);
    expect(drawn.size).toBeGreaterThanOrEqual(included.reduce((sum, round) => sum + round.included, 0));
  });
});

describe("an auditor", () => {
  test("who answers without replaying is exposed by the second one, and loses more than a trainer would", () => {
    const network = networkOf({ params: TWICE });
    network.answers.set("eve", (truth) =>
      truth.kind === "replayed" ? { ...truth, interior: digestOf("guessed") } : truth,
    );
    const events = eventsDuring(network, () => network.runRounds(10));
    const { account } = person("eve");
    const slashed = only(events, "slashed");
    expect(slashed.length).toBeGreaterThan(0);
    for (const each of slashed) expect(each).toMatchObject({ account, rewarded: 0n, burned: each.amount });
    expect(slashed[0]!.amount).toBe(20n * 10n ** 18n);
  });

  test("who accuses honest work loses, and the trainer is paid", () => {
    const network = networkOf({ params: ALWAYS });
    network.answers.set("eve", (truth) => (truth.kind === "replayed" ? { ...truth, end: digestOf("no") } : truth));
    const events = eventsDuring(network, () => network.runRounds(10));
    const { account } = person("eve");
    expect(new Set(only(events, "slashed").map((each) => each.account))).toEqual(new Set([account]));
    expect(new Set(only(events, "auditSettled").map(({ outcome }) => outcome))).toEqual(new Set(["honest"]));
  });

  test("cannot open the seal of another", () => {
    const network = networkOf({ params: { ...TWICE, "training.audit.AUDIT_TIMEOUT": 4 } });
    network.stepUntil(() => auditsInStage(network, "seal").some((audit) => audit.auditors.length === 1));
    const audit = auditsInStage(network, "seal")[0]!;
    const [primary] = audit.auditors;
    const name = NAMES.find((each) => person(each).account === primary!.account)!;
    const thief = NAMES.find((each) => each !== name)!;
    const answer = network.truth(audit.round, audit.slot, audit.segment);
    const stolen = auditSeal(network.deviceKey(thief), audit.round, audit.slot, answer);
    const { round, slot } = audit;
    network.chain.accept(network.device(name), { kind: "auditSeal", round, slot, seal: stolen });
    network.awake.delete(name);
    network.stepUntil(() => network.chain.entry("audits", `${round}/${slot}`)!.stage === "reveal");
    const refused = network.refusal(network.device(name), { kind: "auditReveal", round, slot, answer });
    expect(refused.code).toBe("SEAL_MISMATCH");
  });

  test("who is silent is replaced, and the work is confirmed all the same", () => {
    const network = networkOf({ params: ALWAYS });
    const events = eventsDuring(network, () => {
      network.runRounds(2);
      network.awake.delete("eve");
      network.runRounds(8);
    });
    const { account } = person("eve");
    expect(only(events, "auditDrawn").some(({ auditor }) => auditor === account)).toBe(true);
    const outcomes = new Set(only(events, "auditSettled").map(({ outcome }) => outcome));
    expect([...outcomes].every((outcome) => outcome === "honest" || outcome === "lapsed")).toBe(true);
    expect(only(events, "slashed")).toEqual([]);
  });

  test("who finds nothing to replay, confirmed by a committee, takes the trainer's pay but not its stake", () => {
    const network = networkOf({ params: ALWAYS });
    const { account } = person("eve");
    for (const name of NAMES.slice(0, 4)) {
      network.answers.set(name, (truth) => (network.isAuditOf("eve") ? { kind: "unavailable" } : truth));
    }
    const events = eventsDuring(network, () => network.runRounds(8));
    const settled = only(events, "auditSettled").filter((each) => each.account === account);
    expect(new Set(settled.map(({ outcome }) => outcome))).toEqual(new Set(["unavailable"]));
    expect(only(events, "slashed")).toEqual([]);
    expect(only(events, "rewarded").some((reward) => reward.account === account)).toBe(false);
    expect(only(events, "payForfeited").every((each) => each.account === account)).toBe(true);
  });
});
