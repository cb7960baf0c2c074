/** Signed blocks: what a sequencer makes is applied, and no altered part of it is. */
import { expect, test } from "vitest";
import { decimal } from "../../src/numbers/decimal.ts";
import { type AppliedBlock, applyBlock, type BlockFault } from "../../src/transition/applyBlock.ts";
import { proposeBlock } from "../../src/transition/proposeBlock.ts";
import { verifySignedHeader } from "../../src/transition/verifySignedHeader.ts";
import type { Block } from "../../src/types/block.ts";
import { type Header, headerDigest } from "../../src/types/header.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import { signedBlockOf, signedHeaderOf } from "./signedBlocks.ts";
import { person, rememberingScheme, TestChain } from "./testChain.ts";

const options = { scheme: rememberingScheme, isAudited: true };
const OTHER = "ab".repeat(32) as Digest;
const chain = new TestChain({ balances: { ada: "100", bea: "100" } });
const start = chain.state;
const parent = chain.networkId;
const transfers = ["ada", "bea"].map((name) => {
  const recipient = person("cyd").account;
  return chain.signed({ from: person(name), body: { kind: "transfer", recipient, amount: decimal("3"), memo: "" } });
});
const block = signedBlockOf(start, parent, transfers);

function faultOf(applied: AppliedBlock): BlockFault["code"] {
  if (applied.ok) throw new Error("the block was applied");
  return applied.fault.code;
}

function apply(altered: Block): AppliedBlock {
  return applyBlock(start, parent, altered, options);
}

/** The same block with another header that the sequencer has signed too. */
function resigned(change: Partial<Header>, signer = "sequencer"): Block {
  return { ...block, signedHeader: signedHeaderOf(person(signer), { ...block.signedHeader.header, ...change }) };
}

test("a chain of signed blocks is applied, each on the hash of the header before", () => {
  let [state, hash] = [start, parent];
  for (const transactions of [transfers, [], [transfers[0]!]]) {
    const next = signedBlockOf(state, hash, transactions);
    const applied = applyBlock(state, hash, next, options);
    if (!applied.ok) throw new Error(applied.fault.code);
    expect(applied.stateRoot).toBe(next.signedHeader.header.stateRoot);
    [state, hash] = [applied.state, headerDigest(next.signedHeader.header)];
  }
  expect(state.cells.head.height).toBe(3);
  expect(state.tables.accounts.get(person("cyd").account)?.balance).toBe(decimal("6"));
});

const ALTERED: readonly (readonly [change: Partial<Header>, code: BlockFault["code"]])[] = [
  [{ networkId: OTHER }, "BLOCK_WRONG_NETWORK"],
  [{ height: 2 }, "BLOCK_WRONG_HEIGHT"],
  [{ height: 0 }, "BLOCK_WRONG_HEIGHT"],
  [{ parent: OTHER }, "BLOCK_WRONG_PARENT"],
  [{ proposer: person("ada").key.publicKey }, "BLOCK_WRONG_PROPOSER"],
  [{ transactionCount: 3 }, "BLOCK_WRONG_TRANSACTIONS"],
  [{ transactionRoot: OTHER }, "BLOCK_WRONG_TRANSACTIONS"],
  [{ receiptRoot: OTHER }, "BLOCK_WRONG_RECEIPTS"],
  [{ stateRoot: OTHER }, "BLOCK_WRONG_STATE"],
];

test.each(ALTERED)("the sequencer's own signature does not help a header with %o: %s", (change, code) => {
  expect(faultOf(apply(resigned(change)))).toBe(code);
});

test("each header field is signed: altered without the sequencer, it is refused", () => {
  const changes: readonly Partial<Header>[] = [...ALTERED.map(([change]) => change), { timeMs: 5 }];
  for (const change of changes) {
    const header = { ...block.signedHeader.header, ...change };
    const forged = { ...block, signedHeader: { ...block.signedHeader, header } };
    expect(apply(forged).ok).toBe(false);
  }
  expect(faultOf(apply({ ...block, signedHeader: altered({ timeMs: 5 }) }))).toBe("BLOCK_BAD_SIGNATURE");
});

function altered(change: Partial<Header>): Block["signedHeader"] {
  return { ...block.signedHeader, header: { ...block.signedHeader.header, ...change } };
}

test("a header that somebody else signed is refused, in his name and in the sequencer's", () => {
  expect(faultOf(apply(resigned({ proposer: person("ada").key.publicKey }, "ada")))).toBe("BLOCK_WRONG_PROPOSER");
  expect(faultOf(apply(resigned({}, "ada")))).toBe("BLOCK_BAD_SIGNATURE");
});

test("a transaction left out, added, altered or moved is refused", () => {
  const [first, second] = transfers as [Uint8Array, Uint8Array];
  const changed = first.with(-1, first.at(-1)! ^ 1);
  for (const transactions of [[first], [first, second, second], [second, first], [changed, second], []]) {
    expect(faultOf(apply({ ...block, transactions }))).toBe("BLOCK_WRONG_TRANSACTIONS");
  }
});

test("the clock of a proposer decides nothing: only the header's hash depends on it", () => {
  const late = apply(resigned({ timeMs: 9_999_999_999_999 }));
  expect(late).toMatchObject({ ok: true, stateRoot: block.signedHeader.header.stateRoot });
});

test("a light client takes the headers of its network's sequencer and no others", () => {
  const { networkId, sequencer } = start.cells.network;
  const check = (given: Block, trusted = { networkId, sequencer }) =>
    verifySignedHeader(given.signedHeader, trusted, rememberingScheme)?.code;
  expect(check(block)).toBe(undefined);
  expect(check(block, { networkId: OTHER, sequencer })).toBe("BLOCK_WRONG_NETWORK");
  expect(check(resigned({ proposer: person("ada").key.publicKey }, "ada"))).toBe("BLOCK_WRONG_PROPOSER");
  expect(check(resigned({}, "ada"))).toBe("BLOCK_BAD_SIGNATURE");
});

test("a proposer leaves out what would be rejected, and what he proposes is what everybody executes", () => {
  const poor = person("poor");
  const broke = chain.signed({ from: poor, body: { kind: "burn", amount: 1n } });
  const proposed = proposeBlock(start, { parent, candidates: [broke, ...transfers] }, options);
  expect(proposed.transactions).toEqual(transfers);
  expect(proposed.rejected).toMatchObject([{ rejection: { code: "BALANCE_TOO_LOW" } }]);
  expect(proposed.stateRoot).toBe(block.signedHeader.header.stateRoot);
});

test("a proposer's block keeps to the limits of the network", () => {
  const small = new TestChain({ balances: { ada: "100" }, params: { "network.limits.MAX_BLOCK_TRANSACTIONS": 2 } });
  const candidates = [0, 1, 2, 3].map((nonce) =>
    small.signed({ from: person("ada"), body: { kind: "burn", amount: 1n }, wrong: { nonce } }),
  );
  const proposed = proposeBlock(small.state, { parent: small.networkId, candidates }, options);
  expect(proposed.transactions.length).toBe(2);
});
