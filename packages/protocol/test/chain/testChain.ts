/**
 * A chain in memory for tests: real blocks, real signatures, every block audited. People are named; their keys follow from
 * their names.
 */
import { expect } from "vitest";
import { sha256 } from "../../src/crypto/hash.ts";
import { portableScheme } from "../../src/crypto/portableScheme.ts";
import type { SignatureScheme } from "../../src/crypto/signatureScheme.ts";
import { type Genesis, genesisState, networkIdOf, STATE_FORMAT } from "../../src/genesis/genesis.ts";
import { type AccountKey, accountKeyOf } from "../../src/keys/accountKey.ts";
import { decimal } from "../../src/numbers/decimal.ts";
import { overridesOf, type ParamOverrides } from "../../src/params/genesisValues.ts";
import type { PresetName } from "../../src/params/presets.ts";
import type { State } from "../../src/state/state.ts";
import type { EntryOf } from "../../src/state/tables.ts";
import type { Receipt } from "../../src/transition/events.ts";
import { type ExecutedBlock, executeBlock } from "../../src/transition/executeBlock.ts";
import { type Ballot, ballotHash, type SignedBallot } from "../../src/types/ballot.ts";
import type { AccountId, Digest } from "../../src/types/identifiers.ts";
import { signTransaction } from "../../src/types/signTransaction.ts";
import type { TransactionBody, TransactionContent } from "../../src/types/transaction.ts";

export interface Person {
  readonly name: string;
  readonly key: AccountKey;
  readonly account: AccountId;
}

const people = new Map<string, Person>();

export function person(name: string): Person {
  const known = people.get(name);
  if (known !== undefined) return known;
  const key = accountKeyOf(sha256(new TextEncoder().encode(name)));
  const made = { name, key, account: key.account };
  people.set(name, made);
  return made;
}

/** Checking a signature takes milliseconds; a test checks the same one in several chains. */
const verdicts = new Map<string, boolean>();
export const rememberingScheme: SignatureScheme = {
  sign: portableScheme.sign,
  verify(digest, signature, publicKey) {
    const key = [digest, signature, publicKey].map((part) => Buffer.from(part).toString("base64")).join();
    const verdict = verdicts.get(key) ?? portableScheme.verify(digest, signature, publicKey);
    verdicts.set(key, verdict);
    return verdict;
  },
};

export interface ChainOptions {
  readonly preset?: PresetName;
  readonly params?: ParamOverrides;
  /** NEURO by name. */
  readonly balances: Readonly<Record<string, string>>;
  /** Power that the genesis gives, in NEURO by name. */
  readonly validators?: readonly (readonly [name: string, power: string])[];
  readonly training?: Genesis["training"];
}

export interface Sent {
  readonly from: Person;
  readonly body: TransactionBody;
  /** What the transaction says instead of what would be right. */
  readonly wrong?: Partial<TransactionContent>;
}

export class TestChain {
  readonly genesis: Genesis;
  readonly networkId: Digest;
  state: State;
  /** Blocks as lists of transactions, for replay. */
  readonly blocks: Uint8Array[][] = [];
  last: ExecutedBlock | undefined;

  constructor({ preset = "minimal", params = {}, balances, validators = [], training = null }: ChainOptions) {
    this.genesis = {
      format: STATE_FORMAT,
      name: "test",
      preset,
      createdAtMs: 0,
      sequencer: person("sequencer").key.publicKey,
      overrides: [...overridesOf(params)].map(([key, value]) => ({ key, value })),
      allocations: Object.entries(balances).map(([name, amount]) => ({
        account: person(name).account,
        amount: decimal(amount),
      })),
      validators: validators.map(([name, power]) => ({ account: person(name).account, power: decimal(power) })),
      training,
    };
    this.networkId = networkIdOf(this.genesis);
    const made = genesisState(this.genesis);
    if (!made.ok) throw new Error(JSON.stringify(made.problem));
    this.state = made.value;
  }

  get height(): number {
    return this.state.cells.head.height;
  }

  entry<T extends keyof State["tables"]>(table: T, key: string): EntryOf<T> | undefined {
    return this.state.tables[table].get(key) as EntryOf<T> | undefined;
  }

  balance(who: Person): bigint {
    return this.entry("accounts", who.account)?.balance ?? 0n;
  }

  nonce(who: Person): number {
    return this.entry("accounts", who.account)?.nonce ?? 0;
  }

  /** A transaction that would be accepted next, unless `wrong` says otherwise. */
  signed({ from, body, wrong = {} }: Sent): Uint8Array {
    const { networkId } = this;
    const content = { networkId, nonce: this.nonce(from), lastHeight: this.height + 100, body, ...wrong };
    return signTransaction(content, from.key, rememberingScheme).bytes;
  }

  /** A ballot for somebody else to deliver. */
  signedBallot(ballot: Ballot, by: Person): SignedBallot {
    return { ballot, signature: rememberingScheme.sign(ballotHash(ballot), by.key.privateKey) };
  }

  /** Makes a block and gives the receipts of its transactions. */
  block(...transactions: readonly Uint8Array[]): readonly Receipt[] {
    const parent = this.state.cells.head.parent;
    this.blocks.push([...transactions]);
    this.last = executeBlock(this.state, { parent, transactions }, { scheme: rememberingScheme, isAudited: true });
    this.state = this.last.state;
    return this.last.receipts.slice(1);
  }

  /** The state after these blocks, computed anew and audited. */
  replay(from: State, blocks: readonly (readonly Uint8Array[])[]): State {
    const options = { scheme: rememberingScheme, isAudited: true };
    return blocks.reduce(
      (state, transactions) => executeBlock(state, { parent: state.cells.head.parent, transactions }, options).state,
      from,
    );
  }

  /** Empty blocks up to that height. */
  advanceTo(height: number): void {
    while (this.height < height) this.block();
  }

  /** A block with one transaction, which is accepted. */
  accept(from: Person, body: TransactionBody): Receipt {
    const [receipt] = this.block(this.signed({ from, body }));
    expect(receipt!.outcome).toMatchObject({ kind: "accepted" });
    return receipt!;
  }

  /** A block with one transaction, which is rejected with this code; nothing changes but the height. */
  refuse(from: Person, body: TransactionBody, wrong: Partial<TransactionContent> = {}): Record<string, string> {
    const before = this.state;
    const [receipt] = this.block(this.signed({ from, body, wrong }));
    expect(receipt!.outcome.kind).toBe("rejected");
    expect(this.state.tables.accounts.root()).toEqual(before.tables.accounts.root());
    expect(this.state.cells.supply).toEqual(before.cells.supply);
    return rejectionOf(receipt!);
  }
}

/** The code and the figures of a rejection. */
export function rejectionOf({ outcome }: Receipt): Record<string, string> {
  if (outcome.kind !== "rejected") throw new Error("the transaction was accepted");
  return { code: outcome.code, ...Object.fromEntries(outcome.figures.map(({ name, value }) => [name, value])) };
}
