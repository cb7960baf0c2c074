/** What a genesis may not be. */
import { expect, test } from "vitest";
import { person } from "../../test/chain/testChain.ts";
import { TRAINING } from "../../test/rounds/roundNetwork.ts";
import { type Genesis, genesisState, networkIdOf, STATE_FORMAT } from "./genesis.ts";

const GENESIS: Genesis = {
  format: STATE_FORMAT,
  name: "test",
  preset: "minimal",
  createdAtMs: 0,
  sequencer: person("sequencer").key.publicKey,
  overrides: [],
  allocations: [{ account: person("ada").account, amount: 5n }],
  validators: [],
  training: null,
};

test("allocations that could overflow are refused, each alone being in range", () => {
  const amount = 2n ** 119n + 1n;
  const allocations = ["ada", "ben"].map((name) => ({ account: person(name).account, amount }));
  const most = 2n ** 120n;
  expect(genesisState({ ...GENESIS, allocations })).toEqual({
    ok: false,
    problem: { code: "ALLOCATIONS_TOO_LARGE", most, total: 2n * amount },
  });
});

test("bootstrap power that could overflow, a validator named twice and another format are refused", () => {
  const power = 2n ** 119n + 1n;
  const [ada, ben] = ["ada", "ben"].map((name) => ({ account: person(name).account, power }));
  const problemOf = (change: Partial<Genesis>) => genesisState({ ...GENESIS, ...change });
  expect(problemOf({ validators: [ada!, ben!] })).toMatchObject({ problem: { code: "VALIDATORS_TOO_STRONG" } });
  const twice = [ada!.account, ada!.account].map((account) => ({ account, power: 1n }));
  expect(problemOf({ validators: twice })).toMatchObject({ problem: { code: "VALIDATOR_REPEATED" } });
  expect(problemOf({ format: 1 })).toMatchObject({ problem: { code: "GENESIS_FORMAT", expected: 2, actual: 1 } });
});

test("two allocations to one account add up, and the supply says so", () => {
  const { account } = person("ada");
  const made = genesisState({ ...GENESIS, allocations: [...GENESIS.allocations, { account, amount: 7n }] });
  if (!made.ok) throw new Error(made.problem.code);
  expect(made.value.tables.accounts.get(account)).toEqual({ balance: 12n, nonce: 0 });
  expect(made.value.cells.supply).toMatchObject({ genesis: 12n, spendable: 12n, minted: 0n });
});

test("a parameter that does not exist is named", () => {
  const overrides = [{ key: "economics.constants.FREE_MONEY", value: { kind: "flag", value: true } as const }];
  expect(genesisState({ ...GENESIS, overrides })).toMatchObject({ ok: false, problem: { code: "PARAM_UNKNOWN" } });
});

test("every field of the genesis makes another network", () => {
  const others: readonly Genesis[] = [
    { ...GENESIS, name: "other" },
    { ...GENESIS, preset: "devnet" },
    { ...GENESIS, createdAtMs: 1 },
    { ...GENESIS, sequencer: person("ada").key.publicKey },
    { ...GENESIS, allocations: [] },
    { ...GENESIS, validators: [{ account: person("ada").account, power: 1n }] },
    { ...GENESIS, training: TRAINING },
    { ...GENESIS, training: { ...TRAINING, seed: 2 } },
  ];
  expect(new Set([GENESIS, ...others].map(networkIdOf)).size).toBe(others.length + 1);
});
