/** What the chain pays: to whom, when, how much of it is held, and never more than the rules allow. */
import { describe, expect, test } from "vitest";
import type { AuditRecord } from "../../src/audits/auditRecord.ts";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import { isCovered, releaseBond } from "../../src/rewards/bond.ts";
import { neededCover } from "../../src/rewards/neededCover.ts";
import { Draft } from "../../src/state/draft.ts";
import type { DraftEvent } from "../../src/transition/events.ts";
import { ALWAYS, eventsDuring, LONG_WINDOW, liar, networkOf, only } from "../audits/auditNetwork.ts";
import { registration } from "../chain/devices.ts";
import { person, rememberingScheme } from "../chain/testChain.ts";
import type { RoundNetwork } from "../rounds/roundNetwork.ts";

const ada = person("ada");
/** Two trainers and validators more than a quorum needs. */
const NAMES = ["ada", "bea", "cyd"];
/** A slash that a few rounds of pay cover. */
const LOW = { "economics.constants.SLASH_AMOUNT": decimal("0.1") };

function mintedBy(events: readonly DraftEvent[]): bigint {
  return [...only(events, "rewarded"), ...only(events, "auditRewarded"), ...only(events, "uptimeRewarded")].reduce(
    (sum, { amount }) => sum + amount,
    0n,
  );
}

function bondOf(network: RoundNetwork, who = ada): bigint {
  return network.chain.entry("bonds", who.account)?.amount ?? 0n;
}

describe("a payment", () => {
  test("comes when the audit window is over, names its work, and is the product of its figures", () => {
    const network = networkOf({ names: NAMES });
    const window = paramsAt(network.chain.state, 1).get("training.audit.AUDIT_WINDOW");
    let paidAt = 0;
    const events = eventsDuring(network, () => {
      network.stepUntil(() => network.chain.entry("rounds", "1")?.accounting === "settled");
      paidAt = network.chain.height;
    });
    const { endedAt, slots } = network.chain.entry("rounds", "1")!;
    expect(paidAt).toBeGreaterThanOrEqual(endedAt + window);
    const rewarded = only(events, "rewarded");
    expect(rewarded.map(({ commit }) => commit).toSorted()).toEqual(slots.map(({ commit }) => commit!).toSorted());
    for (const { round, slot, units, rate, multiplier, amount, commit } of rewarded) {
      expect(amount).toBe((BigInt(units) * rate * multiplier) / ONE);
      expect({ round, units, commit }).toEqual({ round: 1, units: slots[slot]!.steps, commit: slots[slot]!.commit });
    }
  });

  test("is an event for every token that is minted", () => {
    const network = networkOf({ names: NAMES });
    const before = network.chain.state.cells.supply.minted;
    const events = eventsDuring(network, () => network.runRounds(20));
    expect(mintedBy(events)).toBe(network.chain.state.cells.supply.minted - before);
    expect(only(events, "uptimeRewarded").length).toBeGreaterThan(0);
    expect(only(events, "auditRewarded").length).toBeGreaterThan(0);
  });

  test("is scaled down with all others of the round to what a round may mint", () => {
    const cap = decimal("0.003");
    const network = networkOf({ names: NAMES, params: { "economics.emission.MAX_MINT_PER_ROUND": cap } });
    const events = eventsDuring(network, () => network.runRounds(14));
    const rounds = new Map<number, bigint[]>();
    for (const { round, amount } of [...only(events, "rewarded"), ...only(events, "auditRewarded")]) {
      rounds.set(round, [...(rounds.get(round) ?? []), amount]);
    }
    expect(rounds.size).toBeGreaterThan(5);
    for (const amounts of rounds.values()) {
      const total = amounts.reduce((sum, amount) => sum + amount, 0n);
      expect(total <= cap).toBe(true);
      expect(cap - total < BigInt(amounts.length)).toBe(true);
    }
    const [first, second] = only(events, "rewarded");
    expect(first!.amount).toBe(second!.amount);
  });

  test("is limited for an account in a day", () => {
    const most = decimal("0.003");
    const network = networkOf({ names: NAMES, params: { "economics.constants.MAX_DAILY_MINT_PER_NODE": most } });
    const perDay = new Map<string, bigint>();
    const { chain } = network;
    network.stepUntil(() => {
      const { outcome } = chain.last!.receipts[0]!;
      const events = chain.last!.receipts.flatMap((each) =>
        each.outcome.kind === "accepted" ? each.outcome.events : [],
      );
      if (outcome.kind !== "accepted") return false;
      for (const { account, amount } of [
        ...only(events, "rewarded"),
        ...only(events, "auditRewarded"),
        ...only(events, "uptimeRewarded"),
      ]) {
        const day = `${account} ${Math.floor(chain.height / 4)}`;
        perDay.set(day, (perDay.get(day) ?? 0n) + amount);
      }
      return chain.state.cells.training.round > 15;
    });
    const sums = [...perDay.values()];
    expect(sums.every((sum) => sum <= most)).toBe(true);
    expect(sums.some((sum) => sum === most)).toBe(true);
  });

  test("is accounted for and mints nothing on a network without emission, where nothing needs cover", () => {
    const params = { "economics.emission.EMISSION_ENABLED": false } as const;
    const network = networkOf({ names: NAMES, stake: 0n, params });
    const events = eventsDuring(network, () => network.runRounds(20));
    const rewarded = only(events, "rewarded");
    expect(rewarded.length).toBeGreaterThan(20);
    expect(rewarded.every(({ amount, units }) => amount === 0n && units > 0)).toBe(true);
    expect(network.chain.state.cells.supply.minted).toBe(0n);
    expect(only(events, "auditDrawn").length).toBeLessThan(rewarded.length / 2);
  });

  test("is due to nobody whose work was found wrong", () => {
    const network = networkOf({ params: ALWAYS });
    liar(network, "ada");
    const events = eventsDuring(network, () => network.runRounds(8));
    expect(only(events, "rewarded").some(({ account }) => account === ada.account)).toBe(false);
    expect(only(events, "payForfeited").length).toBeGreaterThan(0);
  });
});

describe("the bond", () => {
  test("takes all pay of an account without stake until it is full, and lets the rest through", () => {
    const network = networkOf({ names: NAMES, stake: 0n, params: LOW });
    const before = network.chain.balance(ada);
    const full = decimal("0.1");
    network.stepUntil(() => bondOf(network) === full, 2000);
    expect(network.chain.balance(ada)).toBeGreaterThanOrEqual(before);
    const almost = network.chain.balance(ada) - before;
    network.runRounds(6);
    expect(bondOf(network)).toBe(full);
    expect(network.chain.balance(ada) - before).toBeGreaterThan(almost);
  });

  test("gives back what stake has taken the place of, but for what withheld work would cost", () => {
    const network = networkOf({ names: NAMES, stake: 0n, params: LOW });
    network.stepUntil(() => bondOf(network) === decimal("0.1"), 2000);
    const events = eventsDuring(network, () => {
      network.chain.accept(ada, { kind: "stake", amount: 100n * ONE, lockDays: 1 });
      network.runRounds(8);
    });
    const released = only(events, "bondReleased").filter(({ account }) => account === ada.account);
    expect(released.length).toBeGreaterThan(0);
    const [paid] = only(events, "rewarded")
      .filter(({ account }) => account === ada.account)
      .toReversed();
    // The gain of a round over the audit rate of one in twenty.
    expect(bondOf(network)).toBe(20n * paid!.amount);
  });

  test("gives nothing back while work is still being audited that was drawn with it", () => {
    const long = { "training.audit.AUDIT_WINDOW": 12, "training.audit.AUDIT_TIMEOUT": 12 };
    const params = { ...LOW, ...ALWAYS, ...LONG_WINDOW, ...long };
    const network = networkOf({ stake: 0n, params });
    network.stepUntil(() => bondOf(network) === decimal("0.1"), 2000);
    for (const name of network.names) network.shut.add(name);
    const events = eventsDuring(network, () => {
      network.chain.accept(ada, { kind: "stake", amount: 100n * ONE, lockDays: 1 });
      for (let block = 0; block < 10; block++) network.step();
    });
    expect(only(events, "rewarded").some(({ account }) => account === ada.account)).toBe(true);
    expect(only(events, "bondReleased")).toEqual([]);
  });

  test("becomes unbonding stake when the last device retires, and can be spent after that time", () => {
    const network = networkOf({ stake: 0n, params: LOW });
    network.runRounds(10);
    // Whoever leaves while he owes an answer is not paid any more.
    const owes = ({ stage, auditors }: AuditRecord): boolean =>
      stage !== "settled" && auditors.some(({ account, seal }) => account === ada.account && seal !== null);
    network.stepUntil(() => ![...network.chain.state.tables.audits.entries()].some(([, audit]) => owes(audit)));
    const bond = bondOf(network);
    expect(bond).toBeGreaterThan(0n);
    network.awake.delete("ada");
    const { chain } = network;
    const { device } = registration(chain, ada, { device: 0, isValidator: true });
    const receipt = chain.accept(ada, { kind: "retireDevice", device });
    const unbonding = paramsAt(chain.state, 1).get("economics.staking.UNBONDING");
    expect(receipt.outcome).toMatchObject({
      events: expect.arrayContaining([
        { kind: "unstaked", account: ada.account, amount: bond, releaseAt: chain.height + unbonding },
      ]),
    });
    expect(bondOf(network)).toBe(0n);
    const before = chain.balance(ada);
    // Pay of its last rounds comes later and goes the same way.
    network.runRounds(6);
    expect(bondOf(network)).toBe(0n);
    expect(chain.entry("stakes", ada.account)!.unbonding.length).toBeGreaterThan(1);
    chain.advanceTo(chain.height + unbonding);
    chain.accept(ada, { kind: "burn", amount: 1n });
    expect(chain.balance(ada)).toBeGreaterThan(before + bond);
  });

  test("joins the last lot of an account that may have no more lots", () => {
    const params = { ...LOW, "economics.staking.MAX_STAKE_LOTS": 1 };
    const network = networkOf({ names: NAMES, stake: ONE, params });
    network.runRounds(8);
    const { chain } = network;
    chain.accept(ada, { kind: "unstake", amount: ONE / 2n });
    const draft = new Draft(chain.state);
    const before = chain.entry("stakes", ada.account)!.unbonding[0]!;
    const bond = bondOf(network);
    const height = chain.height + 1;
    const rules = paramsAt(chain.state, height);
    releaseBond(draft, ada.account, { height, networkId: chain.networkId, params: rules, scheme: rememberingScheme });
    const { unbonding } = draft.get("stakes", ada.account)!;
    const releaseAt = height + rules.get("economics.staking.UNBONDING");
    expect(unbonding).toEqual([{ amount: before.amount + bond, height: releaseAt }]);
  });

  test("has to cover every slot: an account with two in a round needs twice as much", () => {
    const network = networkOf({ names: NAMES, stake: 0n, params: LOW });
    network.stepUntil(() => bondOf(network) === decimal("0.1"), 2000);
    const { chain } = network;
    const draft = new Draft(chain.state);
    const context = { params: paramsAt(chain.state, chain.height) };
    const round = chain.entry("rounds", String(network.round.number - 1))!;
    const own = round.slots.find(({ account }) => account === ada.account)!;
    const [once, twice] = [round.slots, [...round.slots, own]].map(
      (slots) => neededCover(draft, { ...round, slots }, context).get(ada.account)!,
    );
    expect(once!.collateral).toBe(decimal("0.1"));
    expect(twice).toEqual({ collateral: 2n * once!.collateral, held: 2n * once!.held });
    expect(isCovered(draft, ada.account, once!)).toBe(true);
    expect(isCovered(draft, ada.account, twice!)).toBe(false);
  });
});

describe("time online", () => {
  const PER_EPOCH = (decimal("0.0001") * 4n) / 60n;

  test("is paid by the minute next to verified work", () => {
    const network = networkOf({ names: NAMES });
    const events = eventsDuring(network, () => network.runRounds(12));
    const paid = only(events, "uptimeRewarded");
    expect(paid.every(({ amount }) => amount === PER_EPOCH)).toBe(true);
    const once = paid.map(({ device, epoch }) => `${device}/${epoch}`);
    expect(new Set(once).size).toBe(once.length);
  });

  test("is not paid without work, nor where it is switched off", () => {
    const idle = networkOf({ names: NAMES });
    const { chain } = idle;
    const device = registration(chain, ada, { device: 5, isValidator: true }).device;
    const events = eventsDuring(idle, () => idle.runRounds(8));
    expect(only(events, "uptimeRewarded").some((paid) => paid.device === device)).toBe(false);
    const off = networkOf({ names: NAMES, params: { "economics.emission.UPTIME_REWARD_ENABLED": false } });
    expect(
      only(
        eventsDuring(off, () => off.runRounds(8)),
        "uptimeRewarded",
      ),
    ).toEqual([]);
  });
});
