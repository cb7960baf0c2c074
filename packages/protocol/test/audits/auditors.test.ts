/** What auditors can do to each other, to trainers and to the draw: nothing that pays. */
import { describe, expect, test } from "vitest";
import type { AuditRecord } from "../../src/audits/auditRecord.ts";
import { drawAuditor } from "../../src/audits/drawAuditor.ts";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { drawBelow, drawChance } from "../../src/numbers/drawLot.ts";
import type { RoundRecord } from "../../src/rounds/roundRecord.ts";
import type { AuditAnswer } from "../../src/work/auditAnswer.ts";
import { person } from "../chain/testChain.ts";
import { digestOf, type RoundNetwork } from "../rounds/roundNetwork.ts";
import {
  ALWAYS,
  auditsInStage,
  eventsDuring,
  LONG_WINDOW,
  liar,
  NAMES,
  networkOf,
  ONCE,
  only,
  TWICE,
} from "./auditNetwork.ts";

const nameOf = (account: string): string => NAMES.find((name) => person(name).account === account)!;

/** Steps until an audit is in a stage, and gives it. */
function firstAudit(network: RoundNetwork, stage: AuditRecord["stage"], isIt = (_: AuditRecord) => true): AuditRecord {
  const find = (): AuditRecord | undefined => auditsInStage(network, stage).find(isIt);
  network.stepUntil(() => find() !== undefined, 400);
  return find()!;
}

describe("the draw", () => {
  const beacons = Array.from({ length: 4000 }, (_, index) => digestOf(`beacon ${index}`));
  const account = (name: string) => person(name).account;

  test("falls on one contribution in twenty at the usual rate", () => {
    const drawn = beacons.filter((beacon) => drawChance(beacon, "1/0/audit", decimal("0.05"))).length;
    expect(drawn).toBeGreaterThan(160);
    expect(drawn).toBeLessThan(240);
    expect(beacons.every((beacon) => drawChance(beacon, "1/0/audit", ONE))).toBe(true);
  });

  test("asks for each part of a commit equally often", () => {
    const counts = [0, 0, 0, 0];
    for (const beacon of beacons) counts[Number(drawBelow(beacon, "1/0/segment", 4n))]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(100);
  });

  test("names validators by their power, and never whom it must not", () => {
    const powers = { ada: 600n, bea: 300n, cyd: 100n, dan: 5000n };
    const validators = Object.entries(powers).map(([name, power]) => ({ account: account(name), power: power * ONE }));
    const counts = { ada: 0, bea: 0, cyd: 0, dan: 0 };
    for (const beacon of beacons) {
      const drawn = drawAuditor({ validators } as unknown as RoundRecord, {
        ...{ beacon, label: "1/0/primary", excluded: [account("dan")] },
      });
      counts[nameOf(drawn!) as keyof typeof counts] += 1;
    }
    expect(counts.dan).toBe(0);
    expect(Math.abs(counts.ada - 2400)).toBeLessThan(150);
    expect(Math.abs(counts.bea - 1200)).toBeLessThan(150);
    expect(Math.abs(counts.cyd - 400)).toBeLessThan(100);
  });

  test("comes at least two blocks after the commits and after the block that ended the round", () => {
    const network = networkOf({ params: ALWAYS });
    let checked = 0;
    network.stepUntil(() => {
      const { height, last } = { height: network.chain.height, last: network.chain.last! };
      const events = last.receipts.flatMap(({ outcome }) => (outcome.kind === "accepted" ? outcome.events : []));
      const firsts = only(events, "auditDrawn").filter(({ round, slot }) => {
        const audit = network.chain.entry("audits", `${round}/${slot}`)!;
        return audit.draws === 1 && audit.auditors.length === 1;
      });
      for (const { round: number } of firsts) {
        const { closedAt, endedAt } = network.chain.entry("rounds", String(number))!;
        expect(height).toBeGreaterThanOrEqual(closedAt + 2);
        expect(height).toBeGreaterThan(endedAt);
        checked += 1;
      }
      return checked > 10;
    });
  });

  test("never makes an account the judge of its own work", () => {
    const network = networkOf({ params: TWICE });
    network.runRounds(8);
    let seen = 0;
    for (const [, { round, slot, auditors }] of network.chain.state.tables.audits.entries()) {
      const trainer = network.chain.entry("rounds", String(round))!.slots[slot]!.account;
      for (const auditor of auditors) expect(auditor.account).not.toBe(trainer);
      seen += auditors.length;
    }
    expect(seen).toBeGreaterThan(30);
  });

  test("brings a second auditor only when the first has sealed", () => {
    const network = networkOf({ params: { ...TWICE, "training.audit.AUDIT_TIMEOUT": 4 } });
    network.stepUntil(() => {
      for (const audit of auditsInStage(network, "seal")) {
        if (audit.auditors.length === 2) {
          expect(audit.auditors[0]!.seal).not.toBe(null);
          expect(audit.answeredAt).toBeLessThan(network.chain.height);
        }
      }
      return network.chain.state.cells.training.round > 6;
    });
  });
});

describe("an answer", () => {
  test("is taken once, in its stage, from a validator's device of the account that was drawn", () => {
    const network = networkOf({ params: { ...ALWAYS, "training.audit.AUDIT_TIMEOUT": 4 } });
    const { chain } = network;
    const { round, slot, segment, auditors } = firstAudit(network, "seal");
    const name = nameOf(auditors[0]!.account);
    const other = NAMES.find((each) => each !== name)!;
    network.awake.delete(name);
    const answer = network.truth(round, slot, segment);
    const seal = digestOf("something");
    const sealing = { kind: "auditSeal", round, slot, seal } as const;
    expect(network.refusal(network.device(other), sealing).code).toBe("NOT_AN_AUDITOR");
    expect(network.refusal(person(name), sealing).code).toBe("DEVICE_UNKNOWN");
    const early = network.refusal(network.device(name), { kind: "auditReveal", round, slot, answer });
    expect(early).toMatchObject({ code: "AUDIT_STAGE", stage: "seal", needed: "reveal" });
    const [first, second] = chain.block(
      chain.signed({ from: network.device(name), body: sealing }),
      chain.signed({
        from: network.device(name),
        body: sealing,
        wrong: { nonce: chain.nonce(network.device(name)) + 1 },
      }),
    );
    expect(first!.outcome.kind).toBe("accepted");
    expect(second!.outcome).toMatchObject({ code: "ALREADY_ATTESTED" });
  });

  test("that was sealed and is not shown costs the auditor the pay that is still due to it, but no stake", () => {
    const network = networkOf({ params: ALWAYS });
    network.shut.add("eve");
    const events = eventsDuring(network, () => network.runRounds(12));
    expect(only(events, "slashed")).toEqual([]);
    expect(network.chain.entry("standings", network.deviceKey("eve"))!.failedAudits).toBeGreaterThan(0);
    const { account } = person("eve");
    expect(new Set(only(events, "payForfeited").map((each) => each.account))).toEqual(new Set([account]));
    expect(only(events, "auditRewarded").some((each) => each.account === account)).toBe(false);
    const outcomes = new Set(only(events, "auditSettled").map(({ outcome }) => outcome));
    expect([...outcomes].every((outcome) => outcome === "honest" || outcome === "lapsed")).toBe(true);
  });
});

test("while the window is open, another auditor takes the place of one who does not show what he sealed", () => {
  const network = networkOf({ params: { ...ONCE, ...LONG_WINDOW } });
  network.shut.add("eve");
  const { account } = person("eve");
  const events = eventsDuring(network, () => {
    network.stepUntil(() => [...network.chain.state.tables.audits.entries()].some(([, { draws }]) => draws === 2));
    expect(network.chain.entry("standings", network.deviceKey("eve"))!.failedAudits).toBeGreaterThan(0);
    network.runRounds(8);
  });
  const replaced = only(events, "auditSettled").filter(({ round, slot }) => {
    const [first, second] = only(events, "auditDrawn").filter((each) => each.round === round && each.slot === slot);
    return first?.auditor === account && second !== undefined;
  });
  expect(replaced.length).toBeGreaterThan(0);
  expect(new Set(replaced.map(({ outcome }) => outcome))).toEqual(new Set(["honest"]));
});

describe("a committee", () => {
  /** Segments of three steps, so that there are two places for an interior digest. */
  const LONG = { ...ONCE, "training.diloco.INNER_STEPS": 6, "training.diloco.SEGMENT_STEPS": 3 };

  test("is asked for another interior digest than the first auditor has shown: copying his answer is of no use", () => {
    const network = networkOf({ params: { ...LONG, "training.diloco.ROUND_TARGET_SECONDS": 6 } });
    const { chain } = network;
    const shown = (audit: { round: number; slot: number }): AuditAnswer =>
      chain.entry("audits", `${audit.round}/${audit.slot}`)!.auditors.find(({ isCommittee }) => !isCommittee)!.answer!;
    liar(network, "eve");
    const isIt = ({ round, slot, segment, auditors }: AuditRecord): boolean => {
      const { device } = chain.entry("rounds", String(round))!.slots[slot]!;
      return device === network.deviceKey("eve") && segment < 2 && auditors.length > 3;
    };
    const audit = firstAudit(network, "committee-seal", isIt);
    expect(audit.isStepRedrawn).toBe(true);
    const answer = shown(audit);
    const truth = network.truth(audit.round, audit.slot, audit.segment);
    expect(answer).toMatchObject({ end: (truth as { end: string }).end });
    expect(answer).not.toEqual(truth);
  });

  test("is drawn by a beacon that nobody knew who showed his answer", () => {
    const network = networkOf({ params: ONCE });
    liar(network, "eve");
    let seen = 0;
    network.stepUntil(() => {
      for (const audit of auditsInStage(network, "committee-seal")) {
        if (audit.auditors.some(({ isCommittee, seal }) => isCommittee && seal !== null)) continue;
        expect(audit.answeredAt).toBeLessThan(network.chain.height);
        seen += 1;
      }
      return seen > 3;
    }, 400);
  });

  test("that is partly silent is filled up, and decides by more than half of those who sealed", () => {
    const names = [...NAMES, "fay", "gus"];
    const network = networkOf({ names, params: { ...ONCE, ...LONG_WINDOW } });
    liar(network, "eve");
    network.runRounds(1);
    network.awake.delete("fay");
    const events = eventsDuring(network, () => network.runRounds(8));
    const { account } = person("eve");
    const settled = only(events, "auditSettled").filter((each) => each.account === account);
    expect(new Set(settled.map(({ outcome }) => outcome))).toEqual(new Set(["wrong"]));
    const fay = person("fay").account;
    const drawnOf = ({ round, slot }: { round: number; slot: number }) =>
      only(events, "auditDrawn").filter((each) => each.round === round && each.slot === slot);
    const withFay = settled.filter((each) => drawnOf(each).some(({ auditor }, place) => auditor === fay && place > 0));
    expect(withFay.length).toBeGreaterThan(0);
    for (const { round, slot } of withFay) {
      const { auditors } = network.chain.entry("audits", `${round}/${slot}`)!;
      const members = auditors.filter(({ isCommittee }) => isCommittee);
      expect(members).toHaveLength(3);
      expect(members.every(({ account: member, answer }) => member !== fay && answer !== null)).toBe(true);
    }
  });

  test("of whom one accuses and the others do not show their answers convicts nobody", () => {
    const network = networkOf({ params: ONCE });
    for (const name of NAMES) {
      network.answers.set(name, (truth) =>
        network.isAuditOf("eve") && truth.kind === "replayed" ? { ...truth, end: digestOf("a lie") } : truth,
      );
    }
    const { account } = person("eve");
    const isOfEve = ({ round, slot }: AuditRecord): boolean =>
      network.chain.entry("rounds", String(round))!.slots[slot]!.account === account;
    const { round, slot, auditors } = firstAudit(network, "committee-seal", isOfEve);
    const members = auditors.filter(({ isCommittee }) => isCommittee);
    expect(members).toHaveLength(3);
    for (const member of members.slice(1)) network.shut.add(nameOf(member.account));
    network.stepUntil(() => network.chain.entry("audits", `${round}/${slot}`)!.stage === "settled");
    expect(network.chain.entry("audits", `${round}/${slot}`)!.outcome).toBe("unsettled");
  });

  test("that does not agree convicts nobody", () => {
    const network = networkOf({ params: ONCE });
    for (const name of NAMES) {
      network.answers.set(name, (truth) =>
        network.isAuditOf("eve") && truth.kind === "replayed" ? { ...truth, end: digestOf(name) } : truth,
      );
    }
    const events = eventsDuring(network, () => network.runRounds(10));
    expect(only(events, "slashed")).toEqual([]);
    const { account } = person("eve");
    const settled = only(events, "auditSettled").filter((each) => each.account === account);
    expect(new Set(settled.map(({ outcome }) => outcome))).toEqual(new Set(["unsettled"]));
    expect(only(events, "rewarded").some((each) => each.account === account)).toBe(false);
  });
});
