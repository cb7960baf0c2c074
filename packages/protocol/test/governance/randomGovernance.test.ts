/**
 * Random governance by several people over many blocks. After every step what the state says of proposals is counted anew
 * from scratch; at the end the blocks are replayed, from the beginning and from a snapshot. spec/governance.md
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { genesisState } from "../../src/genesis/genesis.ts";
import { votesCast } from "../../src/governance/tally.ts";
import type { NepDocument } from "../../src/nep/document.ts";
import { DEFAULT_UPGRADE_PATH } from "../../src/nep/fields.ts";
import type { NepRecord, NepTally } from "../../src/nep/record.ts";
import { decimal, ONE } from "../../src/numbers/decimal.ts";
import type { ParamOverrides } from "../../src/params/genesisValues.ts";
import { valueAt } from "../../src/params/history.ts";
import { PARAM_KEYS } from "../../src/params/registry.ts";
import { powerAt, totalPowerAt } from "../../src/staking/power.ts";
import { Draft } from "../../src/state/draft.ts";
import { snapshotChunks, stateFromChunks } from "../../src/state/snapshot.ts";
import { type State, stateRoot } from "../../src/state/state.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import type { TransactionBody } from "../../src/types/transaction.ts";
import { change, decimalValue, flagValue, integerValue, testDocument } from "../chain/documents.ts";
import { type Person, person } from "../chain/testChain.ts";
import { propertySettings } from "../propertySettings.ts";
import { Parliament, splitOf } from "./parliament.ts";

const STAKES = { ada: "900", bob: "700", cy: "400", dee: "300", eve: "150", fay: "0" };

/** Short times, so that many proposals live through much in few blocks; a treasury with an income. */
const PARAMS: ParamOverrides = {
  "economics.fees.NEP_FEE": decimal("0.1"),
  "governance.tracks.STANDARD_REVIEW": 4,
  "governance.tracks.STANDARD_VOTING": 10,
  "governance.tracks.STANDARD_TIMELOCK": 4,
  "governance.voting.ROLLBACK_WINDOW": 12,
  "governance.voting.READINESS_EXTENSION": 4,
  "governance.voting.EMERGENCY_LIFETIME": 24,
  "governance.registry.RESUBMIT_COOLDOWN": 8,
};

interface Step {
  readonly who: number;
  readonly action: number;
  readonly target: number;
  readonly detail: number;
  readonly wait: number;
}

interface Aim {
  readonly from: Person;
  readonly nepId: Digest;
  readonly target: number;
  readonly detail: number;
}

const whole = (most: number) => fc.integer({ min: 0, max: most });
const step: fc.Arbitrary<Step> = fc.record({
  who: whole(5),
  action: whole(99),
  target: whole(1_000),
  detail: whole(10_000),
  wait: fc.oneof(fc.constant(0), whole(3), whole(9)),
});

class Run {
  readonly chain = new Parliament({ stakes: STAKES, params: PARAMS, lockDays: 1, delegations: { eve: "bob" } });
  readonly seen = new Set<string>();
  #documents = 0;

  take({ who, action, target, detail, wait }: Step): void {
    const from = this.chain.members[who]!;
    const open = this.chain.state.cells.openNeps.open;
    const nepId = open[target % Math.max(1, open.length)]?.nepId ?? this.chain.networkId;
    this.chain.block(this.chain.signed({ from, body: this.#body(action, { from, nepId, target, detail }) }));
    for (let block = 0; block < wait; block++) this.chain.block();
    this.#check();
  }

  #body(action: number, { from, nepId, target, detail }: Aim): TransactionBody {
    if (action < 14) return { kind: "nepSubmit", document: this.#document(target, detail) };
    if (action < 17) return { kind: "nepEdit", nepId, document: this.#document(target, detail) };
    if (action < 19) return { kind: "nepWithdraw", nepId };
    if (action < 62) return { kind: "nepVote", nepId, split: splitFrom(detail) };
    if (action < 68)
      return { kind: "bulkVote", ballots: [this.#ballot(target, detail, nepId), this.#ballot(detail, target, nepId)] };
    if (action < 76) return { kind: "nepReady", nepId };
    if (action < 84) return { kind: "nepRollback", nepId };
    return this.#ledgerBody(action, { from, target, detail });
  }

  #ledgerBody(action: number, { from, target, detail }: Omit<Aim, "nepId">): TransactionBody {
    const other = this.chain.members[target % this.chain.members.length]!;
    if (action < 90) return { kind: "delegate", delegate: target % 4 === 0 ? null : other.account };
    const amount = BigInt(detail) * 10n ** 16n + 1n;
    if (action < 94) return { kind: "stake", amount: amount + ONE, lockDays: 1 };
    if (action < 97) return { kind: "unstake", amount };
    const recipient = (other === from ? this.chain.members[0]! : other).account;
    return { kind: "transfer", recipient, amount, memo: "" };
  }

  #ballot(voter: number, detail: number, nepId: Digest) {
    const by = this.chain.members[voter % this.chain.members.length]!;
    const { networkId } = this.chain;
    const content = { networkId, nepId, publicKey: by.key.publicKey, sequence: detail % 50, split: splitFrom(detail) };
    return this.chain.signedBallot(content, by);
  }

  /** Starts from what holds, most of the time. */
  #document(target: number, detail: number): NepDocument {
    const ids = this.chain.state.cells.activeNeps.ids;
    const urgent = ids.find((id) => this.chain.record(id).nepType === "emergency") ?? null;
    const title = `Proposal ${this.#documents++}`;
    const rate = this.chain.param("economics.constants.FEE_BURN_RATE");
    const memo = this.chain.param("economics.fees.MAX_MEMO_BYTES");
    const isOn = this.chain.param("protocol.features.feature_mtp");
    const part = decimal("0.00001") * BigInt(detail % 4000);
    const memoChange = change("economics.fees.MAX_MEMO_BYTES", integerValue(memo), integerValue((detail % 400) + 1));
    const rateChange = change(
      "economics.constants.FEE_BURN_RATE",
      { kind: "decimal", value: rate },
      { kind: "decimal", value: decimal("0.03") + part },
    );
    switch (target % 6) {
      case 0:
        return testDocument({ title, nepType: "emergency", parameterChanges: [memoChange] });
      case 1:
        return testDocument({
          title,
          parameterChanges: [change("protocol.features.feature_mtp", flagValue(isOn), flagValue(!isOn))],
        });
      case 2:
        return testDocument({
          title,
          ratifies: urgent,
          codeChanges: [{ path: "a", change: title }],
          supersedes: ids.slice(0, detail % 2),
        });
      case 3:
        return testDocument({
          title,
          parameterChanges: [rateChange, memoChange],
          upgradePath: { ...DEFAULT_UPGRADE_PATH, gracePeriodDays: 0, activationDelayBlocks: 12 },
        });
      case 4:
        return testDocument({
          title,
          parameterChanges: [rateChange],
          requires: this.chain.state.cells.openNeps.open.slice(0, 1).map(({ nepId }) => nepId),
        });
      default:
        return testDocument({
          title,
          parameterChanges: [
            change("economics.constants.UPTIME_REWARD_PER_MINUTE", decimalValue("0.0001"), decimalValue("0.00011")),
          ],
        });
    }
  }

  #check(): void {
    const { state } = this.chain;
    const records = [...state.tables.neps.entries()] as [Digest, NepRecord][];
    const draft = new Draft(state);
    for (const [nepId, record] of records) {
      this.seen.add(this.chain.status(nepId));
      if (record.stage.kind === "pending" && state.cells.head.height > record.snapshotAt)
        checkTally(draft, state, nepId);
    }
    checkMoney(state, records);
    checkLists(state, records);
  }
}

function splitFrom(detail: number) {
  if (detail < 5500) return splitOf({ yes: 10_000 });
  if (detail < 7000) return splitOf({ no: 10_000 });
  if (detail < 7500) return splitOf({ abstain: 10_000 });
  if (detail < 8000) return splitOf({ veto: 10_000 });
  return splitOf({ yes: detail, no: 10_000 - detail });
}

/** Recounted from the ballots and the powers of the snapshot, in another way than the running tally. */
function checkTally(draft: Draft, { tables }: State, nepId: Digest): void {
  const { tally, snapshotAt, author } = tables.neps.get(nepId)!;
  const ballots = [...tables.ballots.entries()].filter(([key]) => key.startsWith(nepId)).map(([, ballot]) => ballot);
  const voted = new Set(ballots.map(({ voter }) => voter));
  const counted: { -readonly [K in keyof NepTally]: NepTally[K] } = {
    yes: 0n,
    no: 0n,
    abstain: 0n,
    veto: 0n,
    voters: 0,
    others: 0n,
  };
  for (const { voter, split, power } of ballots) {
    const { own } = powerAt(draft, voter, snapshotAt);
    const delegators = Object.keys(STAKES)
      .map((name) => person(name).account)
      .filter((each) => powerAt(draft, each, snapshotAt).delegate === voter && !voted.has(each));
    const received = delegators.map((each) => powerAt(draft, each, snapshotAt).own);
    expect(power).toBe(own + received.reduce((sum, each) => sum + each, 0n));
    for (const choice of ["yes", "no", "veto"] as const) counted[choice] += (power * BigInt(split[choice])) / 10_000n;
    counted.abstain +=
      power -
      (["yes", "no", "veto"] as const).reduce((sum, choice) => sum + (power * BigInt(split[choice])) / 10_000n, 0n);
    counted.voters += power > 0n ? 1 : 0;
    const authors = delegators.includes(author) ? powerAt(draft, author, snapshotAt).own : 0n;
    counted.others += voter === author ? 0n : power - authors;
  }
  expect(tally).toEqual(counted);
  expect(votesCast(tally)).toBeLessThanOrEqual(totalPowerAt(draft, snapshotAt));
}

/** One fee in escrow for each undecided proposal, and each author's deposits held. */
function checkMoney({ tables }: State, records: readonly (readonly [Digest, NepRecord])[]): void {
  const pending = records.filter(([, { stage }]) => stage.kind === "pending");
  const escrows = [...tables.escrows.entries()].map(([id, { owner, amount }]) => [id, owner, amount]);
  expect(escrows.sort()).toEqual(pending.map(([id, { author, fee }]) => [id, author, fee]).sort());
  for (const [account, { deposits }] of tables.stakes.entries()) {
    const held = pending
      .filter(([, { author }]) => author === account)
      .reduce((sum, [, { deposit }]) => sum + deposit, 0n);
    expect(deposits).toBe(held);
  }
}

function checkLists({ tables, cells }: State, records: readonly (readonly [Digest, NepRecord])[]): void {
  const { height } = cells.head;
  const active = records.filter(([, { stage }]) => stage.kind === "active").map(([id]) => id);
  expect([...cells.activeNeps.ids].sort()).toEqual(active.sort());
  const open = records.filter(
    ([, { stage }]) =>
      stage.kind !== "ended" && !(stage.kind === "active" && stage.isSettled && stage.expiresAt === null),
  );
  expect(cells.openNeps.open.map(({ nepId }) => nepId).sort()).toEqual(open.map(([id]) => id).sort());
  expect(cells.openNeps.open.filter(({ dueAt }) => dueAt <= height)).toEqual([]);
  const histories = PARAM_KEYS.map((key) => tables.params.get(key)!);
  expect(histories.filter((history) => valueAt(history, height) !== history.at(-1)!.value)).toEqual([]);
}

test("whatever people do, tallies are what the ballots say, money is where it belongs, and a replay gives the same root", () => {
  const seen = new Set<string>();
  const settings = propertySettings(2_026, 5);
  fc.assert(
    fc.property(fc.array(step, { minLength: 90, maxLength: 140 }), (steps) => {
      const run = new Run();
      const { chain } = run;
      const middle = Math.floor(steps.length / 2);
      for (const each of steps.slice(0, middle)) run.take(each);
      const [early, earlyBlocks] = [chain.state, chain.blocks.length];
      for (const each of steps.slice(middle)) run.take(each);
      const root = stateRoot(chain.state);
      const genesis = genesisState(chain.genesis);
      if (!genesis.ok) throw new Error("the genesis was good before");
      expect(stateRoot(chain.replay(genesis.value, chain.blocks))).toBe(root);
      const restored = stateFromChunks(snapshotChunks(early), stateRoot(early));
      if (!restored.ok) throw new Error(restored.reason);
      expect(stateRoot(chain.replay(restored.state, chain.blocks.slice(earlyBlocks)))).toBe(root);
      for (const status of run.seen) seen.add(status);
    }),
    settings,
  );
  const usual = ["review", "voting", "approved", "rejected", "active"];
  expect([...seen].sort()).toEqual(expect.arrayContaining(usual));
});
