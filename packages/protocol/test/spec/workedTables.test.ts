/** The worked tables of the specification, row by row. */
import { expect, test } from "vitest";
import { verdictOf, votesCast } from "../../src/governance/tally.ts";
import { decimal, formatDecimal } from "../../src/numbers/decimal.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import { slash } from "../../src/staking/slash.ts";
import { stakeMultiplier, uncappedStakeMultiplier } from "../../src/staking/stakeMultiplier.ts";
import { Draft } from "../../src/state/draft.ts";
import { lowerReward } from "../chain/documents.ts";
import { person, TestChain } from "../chain/testChain.ts";
import { Parliament, splitOf } from "../governance/parliament.ts";
import { workedTable } from "./workedTable.ts";

const ada = person("ada");
const bob = person("bob");
const cy = person("cy");
const dee = person("dee");
const eve = person("eve");

const TRANSFERS = workedTable("ledger.md", "L3", "amount");

test.each(TRANSFERS)("L3: a transfer of %s burns %s, pays %s to the treasury, costs %s and gives %s", (...row) => {
  const [amount = "", burned, treasury, paid, received] = row;
  const chain = new TestChain({ preset: "main", balances: { ada: "1000" } });
  chain.accept(ada, { kind: "transfer", recipient: bob.account, amount: decimal(amount), memo: "" });
  const { supply } = chain.state.cells;
  const results = [supply.burned, supply.treasury, decimal("1000") - chain.balance(ada), chain.balance(bob)];
  expect(results.map(formatDecimal)).toEqual([burned, treasury, paid, received]);
});

const MULTIPLIERS = workedTable("staking.md", "S4", "stake, NEURO");

test.each(MULTIPLIERS)("S4: a stake of %s gives %s before the cap, and %s", (stake = "", uncapped, capped) => {
  const params = paramsAt(new TestChain({ balances: {} }).state, 0);
  const amount = decimal(stake.replaceAll(",", ""));
  expect(formatDecimal(uncappedStakeMultiplier(params, amount))).toBe(uncapped);
  expect(formatDecimal(stakeMultiplier(params, amount))).toBe(capped);
});

test("S5: delegation moves power one step, and follows the stake", () => {
  const chain = new TestChain({ balances: { ada: "200", bob: "200" } });
  const figures = () =>
    [ada, bob].map(({ account }) => {
      const power = chain.entry("power", account)?.checkpoints.at(-1);
      return `${formatDecimal(power?.own ?? 0n)}, ${formatDecimal(power?.received ?? 0n)}`;
    });
  const steps = [
    () => {
      chain.accept(ada, { kind: "stake", amount: decimal("100"), lockDays: 1 });
      chain.accept(bob, { kind: "stake", amount: decimal("50"), lockDays: 1 });
    },
    () => chain.accept(ada, { kind: "delegate", delegate: bob.account }),
    () => chain.accept(bob, { kind: "delegate", delegate: cy.account }),
    () => chain.accept(ada, { kind: "stake", amount: decimal("20"), lockDays: 1 }),
  ];
  const rows = workedTable("staking.md", "S5", "height");
  expect(rows).toHaveLength(steps.length);
  for (const [index, [, , first, second]] of rows.entries()) {
    steps[index]!();
    expect(figures()).toEqual([first, second?.replace(/ \(.*\)/, "")]);
  }
  expect(formatDecimal(chain.entry("power", cy.account)!.checkpoints.at(-1)!.received)).toBe("50");
});

const SLASHES = workedTable("staking.md", "S6", "bonded");

test.each(SLASHES)("S6: of %s bonded and %s unbonding, a slash of %s with a share of %s takes %s", (...row) => {
  const [bonded = "", unbonding = "", amount = "", share = "", taken = "", rewarded, burned] = row;
  const stake = decimal(bonded) + decimal(unbonding);
  const chain = new TestChain({ balances: { ada: formatDecimal(stake) } });
  chain.accept(ada, { kind: "stake", amount: stake, lockDays: 1 });
  chain.advanceTo(chain.height + 4);
  if (unbonding !== "0") chain.accept(ada, { kind: "unstake", amount: decimal(unbonding) });
  const draft = new Draft(chain.state);
  const penalty = {
    account: ada.account,
    amount: decimal(amount),
    reporter: bob.account,
    reporterShare: decimal(share),
  };
  slash(draft, penalty, { height: chain.height + 1, params: paramsAt(chain.state, chain.height) });
  const { supply } = chain.state.cells;
  const after = draft.cell("supply");
  const fromBonded = formatDecimal(supply.bonded - after.bonded);
  expect(`${fromBonded}, ${formatDecimal(supply.unbonding - after.unbonding)}`).toBe(taken);
  expect(formatDecimal(draft.get("accounts", bob.account)?.balance ?? 0n)).toBe(rewarded);
  expect(formatDecimal(after.burned - supply.burned)).toBe(burned);
});

test("G4: the tally after each ballot of the table", () => {
  const rows = workedTable("governance.md", "G4", "step");
  const ballots = [
    [ada, splitOf({ yes: 10_000 })],
    [bob, splitOf({ yes: 10_000 })],
    [cy, splitOf({ no: 10_000 })],
    [dee, splitOf({ yes: 6000, abstain: 4000 })],
    [eve, splitOf({ veto: 10_000 })],
  ] as const;
  for (const evesStake of ["160", "201"]) {
    const rest = formatDecimal(decimal("600") - decimal(evesStake));
    const stakes = { ada: "150", bob: "120", cy: "80", dee: "50", eve: evesStake, others: rest };
    const chain = new Parliament({ stakes, delegations: { cy: "bob" } });
    const nepId = chain.submit(ada, lowerReward());
    chain.advanceTo(chain.record(nepId).snapshotAt);
    const seen = ballots.map(([voter, split]) => {
      chain.accept(voter, { kind: "nepVote", nepId, split });
      const { tally, rules } = chain.record(nepId);
      const { yes, no, abstain, veto } = tally;
      const figures = [yes, no, abstain, veto, votesCast(tally)].map(formatDecimal);
      return [...figures, verdictOf(tally, decimal("1000"), rules)];
    });
    const expected = rows.map(([, yes, no, abstain, veto, cast, , verdict = ""]) => {
      return [yes, no, abstain, veto, cast, verdict.replace(/:.*/, "")];
    });
    const last = evesStake === "160" ? expected[4] : expected[5];
    expect(seen).toEqual([...expected.slice(0, 4), last]);
  }
});
