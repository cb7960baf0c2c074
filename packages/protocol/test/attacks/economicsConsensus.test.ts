/** Attacks on agreement: making nodes see different histories. Names cite the list of the ancestor's faults. */
import { expect, test } from "vitest";
import { genesisState } from "../../src/genesis/genesis.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import { stakeMultiplier } from "../../src/staking/stakeMultiplier.ts";
import { snapshotChunks, stateFromChunks } from "../../src/state/snapshot.ts";
import { type State, stateRoot } from "../../src/state/state.ts";
import { applyBlock } from "../../src/transition/applyBlock.ts";
import { executeBlock } from "../../src/transition/executeBlock.ts";
import { verifySignedHeader } from "../../src/transition/verifySignedHeader.ts";
import type { Block } from "../../src/types/block.ts";
import { headerDigest } from "../../src/types/header.ts";
import type { Digest } from "../../src/types/identifiers.ts";
import type { TransactionBody } from "../../src/types/transaction.ts";
import { registration } from "../chain/devices.ts";
import { signedBallotOf } from "../chain/randomTransactions.ts";
import { signedBlockOf, signedHeaderOf } from "../chain/signedBlocks.ts";
import { person, rememberingScheme, TestChain } from "../chain/testChain.ts";

const options = { scheme: rememberingScheme, isAudited: true };
const [ada, bea, eve] = [person("ada"), person("bea"), person("eve")];
const OTHER = "ab".repeat(32) as Digest;

/** Four blocks with a bit of everything, each on the header before. */
function history(): { readonly chain: TestChain; readonly blocks: readonly Block[] } {
  const chain = new TestChain({ balances: { ada: "1000", bea: "500" } });
  const actions: readonly (readonly [typeof ada, TransactionBody])[] = [
    [ada, { kind: "stake", amount: decimal("300"), lockDays: 2 }],
    [bea, { kind: "transfer", recipient: eve.account, amount: decimal("7"), memo: "hello" }],
    [ada, registration(chain, ada, { device: 0, isValidator: true })],
    [eve, { kind: "delegate", delegate: ada.account }],
  ];
  let state = chain.state;
  let parent = chain.networkId;
  const blocks: Block[] = [];
  for (const [from, body] of actions) {
    const bytes = chain.signed({ from, body });
    const block = signedBlockOf(state, parent, [bytes]);
    ({ state } = executeBlock(state, { parent, transactions: [bytes] }, options));
    chain.state = state;
    parent = headerDigest(block.signedHeader.header);
    blocks.push(block);
  }
  return { chain, blocks };
}

const { chain, blocks } = history();

function firstState(): State {
  const made = genesisState(chain.genesis);
  if (!made.ok) throw new Error(made.problem.code);
  return made.value;
}

/** A node that takes these blocks one by one; from a snapshot of its own after each, where `isForgetful`. */
function follow(isForgetful: boolean): State {
  let state = firstState();
  let parent = chain.networkId;
  for (const block of blocks) {
    const applied = applyBlock(state, parent, block, options);
    if (!applied.ok) throw new Error(applied.fault.code);
    state = applied.state;
    parent = headerDigest(block.signedHeader.header);
    if (!isForgetful) continue;
    const loaded = stateFromChunks([...snapshotChunks(state)].reverse(), stateRoot(state));
    if (!loaded.ok) throw new Error(loaded.reason);
    state = loaded.state;
  }
  return state;
}

test("W21, W23, 6.3.2: nodes that took the same blocks have the same root, however they came by their state", () => {
  const roots = [follow(false), follow(true), chain.state].map(stateRoot);
  expect(new Set(roots)).toEqual(new Set([blocks.at(-1)!.signedHeader.header.stateRoot]));
});

test("W23: stake weighs the same for everybody: one capped multiplier from one set of parameters", () => {
  const params = paramsAt(chain.state, chain.height);
  expect(stakeMultiplier(params, decimal("10000000"))).toBe(decimal("1.5"));
  expect(stakeMultiplier(params, decimal("31000"))).toBe(decimal("1.5"));
  expect(stakeMultiplier(params, decimal("1000"))).toBe(decimal("1.1"));
});

test("W24: no rule reads a clock: the same block with another time gives the same state and receipts", () => {
  const [first] = blocks as [Block];
  const { header } = first.signedHeader;
  const late = { ...first, signedHeader: signedHeaderOf(person("sequencer"), { ...header, timeMs: 2 ** 52 }) };
  for (const block of [first, late]) {
    expect(applyBlock(firstState(), chain.networkId, block, options)).toMatchObject({
      ok: true,
      stateRoot: header.stateRoot,
    });
  }
});

test("6.3.4, section 7.11: a forged header moves nobody: not rewritten, not far ahead, not of another parent", () => {
  const [first, second] = blocks as [Block, Block];
  const { header } = second.signedHeader;
  const before = firstState();
  const forged = [
    { ...header, height: 1_000_000_000 },
    { ...header, parent: OTHER },
    { ...header, stateRoot: OTHER },
    { ...header, transactionCount: 0 },
  ].map((changed) => ({ ...second, signedHeader: signedHeaderOf(eve, changed) }));
  for (const block of [...forged, second, blocks[2]!]) {
    expect(applyBlock(before, chain.networkId, block, options).ok).toBe(false);
  }
  expect(applyBlock(before, chain.networkId, first, options).ok).toBe(true);
});

test("6.3.3, 6.3.5: a header's signature is checked, and an honest one passes", () => {
  const { networkId, sequencer } = chain.state.cells.network;
  for (const { signedHeader } of blocks) {
    const trusted = { networkId, sequencer };
    expect(verifySignedHeader(signedHeader, trusted, rememberingScheme)).toBe(undefined);
    const unsigned = { ...signedHeader, signature: new Uint8Array(64) };
    expect(verifySignedHeader(unsigned, trusted, rememberingScheme)?.code).toBe("BLOCK_BAD_SIGNATURE");
  }
});

test("6.3.5: a chain with a block left out is no chain", () => {
  const [first, , third] = blocks as [Block, Block, Block];
  const applied = applyBlock(firstState(), chain.networkId, first, options);
  if (!applied.ok) throw new Error(applied.fault.code);
  const skipped = applyBlock(applied.state, headerDigest(first.signedHeader.header), third, options);
  expect(skipped).toMatchObject({ ok: false, fault: { code: "BLOCK_WRONG_HEIGHT" } });
});

test("6.3.6: a transaction that is in a block twice counts once, and the second has its own receipt", () => {
  const here = new TestChain({ balances: { ada: "10" } });
  const body: TransactionBody = { kind: "transfer", recipient: eve.account, amount: decimal("1"), memo: "" };
  const bytes = here.signed({ from: ada, body });
  const receipts = here.block(bytes, bytes, bytes);
  expect(receipts.map(({ outcome }) => outcome.kind)).toEqual(["accepted", "rejected", "rejected"]);
  expect(here.balance(eve)).toBe(decimal("1"));
});

test("6.3.9: a slash does what it says: stake, reporter and burned all move, and the sum stays", () => {
  const here = new TestChain({ balances: { ada: "100", eve: "0" } });
  here.accept(ada, { kind: "stake", amount: decimal("50"), lockDays: 1 });
  const before = here.state.cells.supply;
  here.accept(eve, { kind: "evidence", contradiction: doubleVote(here) });
  const after = here.state.cells.supply;
  expect(before.bonded - after.bonded).toBe(decimal("10"));
  expect(after.spendable - before.spendable).toBe(decimal("5"));
  expect(after.burned - before.burned).toBe(decimal("5"));
});

function doubleVote({ networkId }: TestChain) {
  const choice = { networkId, nepId: OTHER, sequence: 0 };
  const first = signedBallotOf(ada, { ...choice, split: { yes: 10_000, no: 0, abstain: 0, veto: 0 } });
  const second = signedBallotOf(ada, { ...choice, split: { yes: 0, no: 10_000, abstain: 0, veto: 0 } });
  return { kind: "ballots", first, second } as const;
}

test("6.3.10: the same accusation three times pays once, and no balance falls below nothing", () => {
  const here = new TestChain({ balances: { ada: "12", eve: "0" } });
  here.accept(ada, { kind: "stake", amount: decimal("12"), lockDays: 1 });
  const report = (nonce: number) =>
    here.signed({ from: eve, body: { kind: "evidence", contradiction: doubleVote(here) }, wrong: { nonce } });
  const receipts = here.block(report(0), report(1), report(1));
  expect(receipts.map(({ outcome }) => outcome.kind)).toEqual(["accepted", "rejected", "rejected"]);
  expect(here.balance(eve)).toBe(decimal("5"));
  expect(here.entry("stakes", ada.account)?.lots).toMatchObject([{ amount: decimal("2") }]);
});

test("6.3.10: an honest voter who changes his mind has contradicted nothing", () => {
  const { networkId } = chain;
  const here = new TestChain({ balances: { ada: "100", eve: "0" } });
  here.accept(ada, { kind: "stake", amount: decimal("50"), lockDays: 1 });
  const choice = { networkId: here.networkId, nepId: networkId };
  const [first, second] = [0, 1].map((sequence) =>
    signedBallotOf(ada, { ...choice, sequence, split: { yes: 0, no: 10_000 * sequence, abstain: 0, veto: 0 } }),
  );
  const contradiction = { kind: "ballots", first: first!, second: second! } as const;
  expect(here.refuse(eve, { kind: "evidence", contradiction }).code).toBe("EVIDENCE_INVALID");
});
