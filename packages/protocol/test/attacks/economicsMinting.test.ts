/** Attacks on the supply: making tokens by claiming, repeating or confusing. Names cite the list of the ancestor's faults. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nepIdOf } from "../../src/nep/document.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import { TABLES } from "../../src/state/tables.ts";
import { TRANSACTION_KINDS, transactionContent } from "../../src/types/transaction.ts";
import { registration } from "../chain/devices.ts";
import { lowerReward } from "../chain/documents.ts";
import { signedBallotOf } from "../chain/randomTransactions.ts";
import { person, rejectionOf, TestChain } from "../chain/testChain.ts";
import { propertySettings } from "../propertySettings.ts";
import { ATTACKERS, anyBody, bodiesOf } from "./anyBody.ts";

const WEALTH = decimal("3000");

function chainOfAttackers(): TestChain {
  return new TestChain({ balances: Object.fromEntries(ATTACKERS.map((name) => [name, "1000"])) });
}

/** What the attackers have, wherever they keep it. */
function wealthOf({ state }: TestChain): bigint {
  const { genesis, burned, treasury } = state.cells.supply;
  return genesis - burned - treasury;
}

test.each(TRANSACTION_KINDS)("W8, 6.3.12: a %s mints nothing, whatever its fields say", (kind) => {
  const chain = chainOfAttackers();
  fc.assert(
    fc.property(bodiesOf(kind), fc.constantFrom(...ATTACKERS), (body, name) => {
      chain.block(chain.signed({ from: person(name), body }));
      expect(chain.state.cells.supply).toMatchObject({ minted: 0n, genesis: WEALTH });
      expect(wealthOf(chain) <= WEALTH).toBe(true);
    }),
    propertySettings(71, 25),
  );
});

test("W10, 6.3.8, 6.3.13: there is no field to claim work, time online, layers, scarcity or a reputation in", () => {
  const claims =
    /reward|uptime|batch|token|sample|layer|embedding|head$|loss|gradient|commitment|scarcity|reputation|multiplier/i;
  const names = [...namesIn(transactionContent.jsonSchema)];
  expect(names.length).toBeGreaterThan(60);
  // What a proposal says of its expected impact is prose for voters: no rule reads it.
  const prose = Object.keys(lowerReward().economicImpact);
  // Of a commit: `samples` must be what the slot's steps make, and losses are for people. Pay counts the slot's steps.
  const unread = ["samples", "firstLoss", "lastLoss", "validationLoss"];
  expect(names.filter((name) => claims.test(name) && ![...prose, ...unread].includes(name))).toEqual([]);
});

function* namesIn(schema: unknown): Generator<string> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") yield* Object.keys(value as object);
    yield* namesIn(value);
  }
}

test("W10: a hundred identities with a device each earn nothing, for as long as they stay", () => {
  const chain = new TestChain({ balances: { ada: "1" } });
  const registrations = Array.from({ length: 100 }, (_, index) => {
    const who = person(`identity ${index}`);
    return chain.signed({ from: who, body: registration(chain, who, { device: 0, isValidator: false }) });
  });
  for (const { outcome } of chain.block(...registrations)) expect(outcome.kind).toBe("accepted");
  chain.advanceTo(60);
  expect(chain.state.cells.supply).toMatchObject({ minted: 0n, spendable: decimal("1") });
  expect(chain.state.tables.accounts.get(person("identity 7").account)?.balance).toBe(0n);
});

test("W17: three hundred votes on what does not exist pay nothing, and real ones pay nothing either", () => {
  const chain = chainOfAttackers();
  const eve = person("eve");
  const split = { yes: 10_000, no: 0, abstain: 0, veto: 0 };
  const votes = Array.from({ length: 300 }, (_, index) =>
    chain.signed({
      from: eve,
      body: { kind: "nepVote", nepId: index.toString(16).padStart(64, "0") as never, split },
    }),
  );
  for (const receipt of chain.block(...votes)) expect(rejectionOf(receipt).code).toBe("NEP_UNKNOWN");
  chain.accept(eve, { kind: "stake", amount: decimal("500"), lockDays: 1 });
  chain.accept(eve, { kind: "nepSubmit", document: lowerReward() });
  const nepId = nepIdOf(lowerReward(), eve.account, chain.networkId);
  chain.advanceTo(chain.entry("neps", nepId)!.snapshotAt);
  const before = chain.balance(eve);
  for (let vote = 0; vote < 5; vote++) chain.accept(eve, { kind: "nepVote", nepId, split });
  expect(chain.balance(eve)).toBe(before);
  expect(chain.entry("neps", nepId)!.tally.yes).toBe(decimal("500"));
  expect(chain.state.cells.supply.minted).toBe(0n);
});

test("W19, W43: no transaction of any kind makes a block fail, and each gets its receipt", () => {
  const chain = chainOfAttackers();
  for (const name of ATTACKERS) chain.accept(person(name), { kind: "stake", amount: decimal("400"), lockDays: 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(anyBody, fc.constantFrom(...ATTACKERS)), { maxLength: 8 }), (sent) => {
      const receipts = chain.block(...sent.map(([body, name]) => chain.signed({ from: person(name), body })));
      expect(receipts.length).toBe(sent.length);
    }),
    propertySettings(72, 60),
  );
  chain.advanceTo(chain.height + 150);
});

test("W20, 6.3.6: what an escrow holds is paid out once, and no more than it holds", () => {
  const chain = chainOfAttackers();
  const eve = person("eve");
  chain.accept(eve, { kind: "stake", amount: decimal("500"), lockDays: 1 });
  chain.accept(eve, { kind: "nepSubmit", document: lowerReward() });
  const nepId = nepIdOf(lowerReward(), eve.account, chain.networkId);
  expect(chain.entry("escrows", nepId)).toMatchObject({ owner: eve.account, amount: decimal("10") });
  expect(chain.balance(eve)).toBe(decimal("490"));
  const withdraw = (nonce: number) =>
    chain.signed({ from: eve, body: { kind: "nepWithdraw", nepId }, wrong: { nonce: chain.nonce(eve) + nonce } });
  const receipts = chain.block(withdraw(0), withdraw(1), withdraw(1), withdraw(1), withdraw(1));
  expect(receipts.map(({ outcome }) => outcome.kind).filter((kind) => kind === "accepted").length).toBe(1);
  chain.advanceTo(chain.height + 100);
  expect(chain.balance(eve) <= decimal("500")).toBe(true);
  expect(chain.entry("escrows", nepId)).toBe(undefined);
});

test("W44: no amount of transactions moves a price or any other parameter without a vote", () => {
  const chain = chainOfAttackers();
  const before = chain.state.tables.params.root();
  fc.assert(
    fc.property(fc.array(fc.tuple(anyBody, fc.constantFrom(...ATTACKERS)), { maxLength: 6 }), (sent) => {
      chain.block(...sent.map(([body, name]) => chain.signed({ from: person(name), body })));
      expect(chain.state.tables.params.root()).toEqual(before);
    }),
    propertySettings(73, 40),
  );
  expect(paramsAt(chain.state, chain.height).get("economics.market.BASE_PRICE")).toBe(decimal("0.0001"));
});

test("W46: nothing waits for ever: a proposal that nobody touches ends by itself, and lets go of what it held", () => {
  const chain = chainOfAttackers();
  const eve = person("eve");
  chain.accept(eve, { kind: "stake", amount: decimal("500"), lockDays: 1 });
  chain.accept(eve, { kind: "nepSubmit", document: lowerReward() });
  const nepId = nepIdOf(lowerReward(), eve.account, chain.networkId);
  chain.advanceTo(chain.entry("neps", nepId)!.votingEndsAt + 1);
  expect(chain.state.cells.openNeps.open).toEqual([]);
  expect(chain.state.cells.supply.escrowed).toBe(0n);
  expect(chain.entry("stakes", eve.account)?.deposits).toBe(0n);
});

test("W46: one account with one device can do everything: nobody else is needed for a transaction to end", () => {
  const chain = new TestChain({ balances: { ada: "1000" } });
  const ada = person("ada");
  const body = registration(chain, ada, { device: 0, isValidator: true });
  chain.accept(ada, { ...body, facts: { ...body.facts, roles: ["trainer", "validator", "observer", "relay"] } });
  expect(chain.state.cells.validatorCount).toEqual({ count: 1 });
  chain.accept(ada, { kind: "retireDevice", device: body.device });
  expect(chain.state.cells.validatorCount).toEqual({ count: 0 });
});

test("6.3.8: made-up commitments are kept by no table of the state", () => {
  expect(Object.keys(TABLES).filter((name) => /proof|commitment|epoch|reward/i.test(name))).toEqual([]);
});

test("section 7.11, fake vote weight: a ballot counts with the stake of the snapshot, which it cannot state", () => {
  const chain = chainOfAttackers();
  const [eve, poor] = [person("eve"), person("poor")];
  chain.accept(eve, { kind: "stake", amount: decimal("500"), lockDays: 1 });
  chain.accept(eve, { kind: "nepSubmit", document: lowerReward() });
  const nepId = nepIdOf(lowerReward(), eve.account, chain.networkId);
  chain.advanceTo(chain.entry("neps", nepId)!.snapshotAt);
  const split = { yes: 10_000, no: 0, abstain: 0, veto: 0 };
  expect(chain.refuse(poor, { kind: "nepVote", nepId, split }).code).toBe("NO_VOTING_POWER");
  const ballot = signedBallotOf(poor, { networkId: chain.networkId, nepId, sequence: 0, split });
  expect(chain.refuse(eve, { kind: "bulkVote", ballots: [ballot] }).code).toBe("NO_VALID_BALLOT");
});
