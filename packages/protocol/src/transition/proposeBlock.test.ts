import { expect, test } from "vitest";
import { person, TestChain } from "../../test/chain/testChain.ts";
import { portableScheme } from "../crypto/portableScheme.ts";
import type { ParamOverrides } from "../params/genesisValues.ts";
import { executeBlock } from "./executeBlock.ts";
import { proposeBlock } from "./proposeBlock.ts";

const [ada, ben] = [person("ada"), person("ben")];
const options = { scheme: portableScheme, isAudited: true };

function transfers(chain: TestChain, nonces: readonly number[]): Uint8Array[] {
  const body = { kind: "transfer", recipient: ben.account, amount: 10n ** 18n, memo: "" } as const;
  return nonces.map((nonce) => chain.signed({ from: ada, body, wrong: { nonce } }));
}

function chainWith(params: ParamOverrides = {}): TestChain {
  return new TestChain({ params, balances: { ada: "1000", ben: "1" } });
}

test("a proposal leaves out what would be rejected and gives what its block gives", () => {
  const chain = chainWith();
  const [first, skips, second, again, third] = transfers(chain, [0, 7, 1, 1, 2]);
  const candidates = [first!, skips!, second!, again!, Uint8Array.of(1), third!];
  const parent = chain.networkId;
  const { transactions, rejected, ...proposed } = proposeBlock(chain.state, { parent, candidates }, options);
  expect(transactions).toEqual([first, second, third]);
  expect(rejected.map(({ rejection }) => rejection.code)).toEqual(["NONCE_FUTURE", "NONCE_STALE", "MALFORMED"]);
  const { stateRoot, receipts, senders } = executeBlock(chain.state, { parent, transactions }, options);
  expect(proposed).toMatchObject({ stateRoot, receipts, senders });
  expect(senders).toEqual([ada.account, ada.account, ada.account]);
});

test("a proposal has no more transactions than the network allows", () => {
  const chain = chainWith({ "network.limits.MAX_BLOCK_TRANSACTIONS": 2 });
  const candidates = transfers(chain, [0, 1, 2]);
  const { transactions, rejected } = proposeBlock(chain.state, { parent: chain.networkId, candidates }, options);
  expect(transactions).toEqual(candidates.slice(0, 2));
  expect(rejected).toEqual([]);
});

test("a proposal has no more bytes than the network allows", () => {
  const chain = chainWith({
    "network.limits.MAX_BLOCK_BYTES": 65_536,
    "network.limits.MAX_TRANSACTION_BYTES": 60_000,
    "governance.registry.MAX_NEP_BYTES": 32_768,
  });
  const candidates = [new Uint8Array(40_000), new Uint8Array(40_000), ...transfers(chain, [0])];
  const proposal = proposeBlock(chain.state, { parent: chain.networkId, candidates }, options);
  // What is rejected takes no room.
  expect(proposal.transactions).toHaveLength(1);
  expect(proposal.rejected).toHaveLength(2);
  const tooMany = transfers(
    chain,
    Array.from({ length: 400 }, (_, nonce) => nonce),
  );
  const { transactions } = proposeBlock(
    chain.state,
    { parent: chain.networkId, candidates: tooMany },
    {
      scheme: { ...portableScheme, verify: () => true },
    },
  );
  const bytes = transactions.reduce((sum, each) => sum + each.length, 0);
  expect(bytes).toBeLessThanOrEqual(65_536);
  expect(bytes + tooMany[0]!.length).toBeGreaterThan(65_536);
});
