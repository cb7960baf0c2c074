/** What holds whatever people send: no token appears or is lost, a rejection changes nothing, and a replay gives the same. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { genesisState } from "../../src/genesis/genesis.ts";
import { accountOf } from "../../src/keys/address.ts";
import { snapshotChunks, stateFromChunks } from "../../src/state/snapshot.ts";
import { type State, stateRoot } from "../../src/state/state.ts";
import { executeBlock } from "../../src/transition/executeBlock.ts";
import {
  decodeTransaction,
  TRANSACTION_KINDS,
  type TransactionContent,
  type TransactionKind,
  WORK_KINDS,
} from "../../src/types/transaction.ts";
import { propertySettings } from "../propertySettings.ts";
import { NAMES, type RandomBlock, randomBlocks, randomChain, transactionsOf } from "./randomTransactions.ts";
import { person, rememberingScheme, type TestChain } from "./testChain.ts";

const RUNS = 9;

/** Plays the blocks on a chain that counts every token after each. */
function play(blocks: readonly RandomBlock[], seen: (chain: TestChain, before: State) => void = () => {}): TestChain {
  const chain = randomChain();
  for (const intents of blocks) {
    const before = chain.state;
    chain.block(...transactionsOf(chain, intents));
    seen(chain, before);
  }
  return chain;
}

/** Of the last block. */
function acceptedIn(chain: TestChain): Uint8Array[] {
  const [, ...receipts] = chain.last!.receipts;
  return chain.blocks.at(-1)!.filter((_, index) => receipts[index]!.outcome.kind === "accepted");
}

test("tokens are where the ledger says, never less than none, never more than at the start, and nonces count what was accepted", () => {
  const acceptedKinds = new Set<TransactionKind>();
  const codes = new Set<string>();
  fc.assert(
    fc.property(randomBlocks, (blocks) => {
      const start = randomChain();
      const nonces = new Map(NAMES.map((name) => [person(name).account as string, start.nonce(person(name))]));
      const chain = play(blocks, (played) => {
        const { genesis, minted, ...places } = played.state.cells.supply;
        const amounts = Object.values(places);
        expect(amounts.every((amount) => amount >= 0n)).toBe(true);
        expect(amounts.reduce((sum, amount) => sum + amount)).toBe(genesis);
        expect(minted).toBe(0n);
        for (const [, { balance }] of played.state.tables.accounts.entries()) expect(balance >= 0n).toBe(true);
        for (const bytes of acceptedIn(played)) {
          const { body, publicKey } = contentOf(bytes);
          acceptedKinds.add(body.kind);
          nonces.set(accountOf(publicKey), nonces.get(accountOf(publicKey))! + 1);
        }
        for (const { outcome } of played.last!.receipts) if (outcome.kind === "rejected") codes.add(outcome.code);
      });
      for (const name of NAMES) expect(chain.nonce(person(name))).toBe(nonces.get(person(name).account));
      expect(chain.blocks.length).toBeGreaterThan(blocks.length);
    }),
    propertySettings(51, RUNS),
  );
  // Proof that the generator reaches what it should: these need a history of other transactions.
  const rare: readonly TransactionKind[] = ["nepEdit", "nepReady", "nepRollback", "bulkVote", "nepWithdraw"];
  // Work needs devices that train: test/rounds/randomRounds.test.ts.
  const elsewhere = [...rare, ...WORK_KINDS];
  const expected = TRANSACTION_KINDS.filter((kind) => !elsewhere.includes(kind));
  expect([...acceptedKinds]).toEqual(expect.arrayContaining(expected));
  expect(codes.size).toBeGreaterThan(20);
});

function contentOf(bytes: Uint8Array): TransactionContent {
  const decoded = decodeTransaction(bytes);
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.value.content;
}

test("a rejected transaction has a receipt and leaves no other trace: without it the state is the same", () => {
  fc.assert(
    fc.property(randomBlocks, (blocks) => {
      play(blocks, (chain, before) => {
        const { receipts } = chain.last!;
        expect(receipts.length).toBe(1 + chain.blocks.at(-1)!.length);
        const parent = before.cells.head.parent;
        const without = executeBlock(
          before,
          { parent, transactions: acceptedIn(chain) },
          { scheme: rememberingScheme },
        );
        expect(without.stateRoot).toBe(chain.last!.stateRoot);
      });
    }),
    propertySettings(52, 4),
  );
});

test("a replay from the start and one from a snapshot in the middle come to the same root", () => {
  fc.assert(
    fc.property(randomBlocks, (blocks) => {
      const chain = play(blocks);
      const made = genesisState(chain.genesis);
      if (!made.ok) throw new Error(made.problem.code);
      const half = chain.blocks.length >> 1;
      const middle = replay(made.value, chain.blocks.slice(0, half));
      const root = stateRoot(middle);
      const loaded = stateFromChunks([...snapshotChunks(middle)], root);
      if (!loaded.ok) throw new Error(loaded.reason);
      for (const start of [middle, loaded.state]) {
        expect(stateRoot(replay(start, chain.blocks.slice(half)))).toBe(stateRoot(chain.state));
      }
    }),
    propertySettings(54, 3),
  );
});

function replay(start: State, blocks: readonly (readonly Uint8Array[])[]): State {
  let state = start;
  for (const transactions of blocks) {
    const { parent } = state.cells.head;
    state = executeBlock(state, { parent, transactions }, { scheme: rememberingScheme }).state;
  }
  return state;
}

test("transfers of different senders give the same state in any order", () => {
  const order = fc.shuffledSubarray([...NAMES], { minLength: NAMES.length });
  fc.assert(
    fc.property(order, fc.nat(100), (names, shift) => {
      const chain = randomChain();
      const transfer = (name: string, index: number) => {
        const recipient = person(NAMES[(index + shift) % NAMES.length]!).account;
        return chain.signed({
          from: person(name),
          body: { kind: "transfer", recipient, amount: 10n ** 13n, memo: "" },
        });
      };
      // Fay has nothing to send; what she receives comes too late for her own transfer in some orders.
      const rich = NAMES.filter((name) => name !== "fay");
      const sorted = rich.map(transfer);
      const shuffled = names.filter((name) => name !== "fay").map((name) => sorted[rich.indexOf(name as never)]!);
      const { parent } = chain.state.cells.head;
      const [one, other] = [sorted, shuffled].map((transactions) =>
        executeBlock(chain.state, { parent, transactions }, { scheme: rememberingScheme }),
      );
      expect(one!.receipts.every(({ outcome }) => outcome.kind === "accepted")).toBe(true);
      expect(other!.stateRoot).toBe(one!.stateRoot);
    }),
    propertySettings(55, 5),
  );
});
